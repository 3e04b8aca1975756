import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, NotFoundException } from '@nestjs/common';
import type { CaseReport } from '../../admin-enrollment/cases/case-reports.js';
import { UntoldCases } from '../../admin-enrollment/cases/untold-cases.js';
import { findCase } from '../../admin-enrollment/hold-case.js';
import { withoutDismissed } from '../../admin-enrollment/dismissed-witnesses.js';
import { isResting, waitsForDesk } from '../../admin-enrollment/resting-cases.js';
import { DeskCase } from '../../cases/desk-case.entity.js';
import { DeskCases } from '../../cases/desk-cases.js';
import { databaseNow } from '../../database/clock.js';
import { Operator } from '../../identity/operator.entity.js';
import { page, type Answer } from '../../web/answers.js';
import type { FormReading } from '../../web/forms/forms.js';
import { say, type Sentence } from '../../web/sentence.js';
import { LedElsewhere } from '../../web/shown-instead.js';
import { DeskViews } from '../desk-views.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { readersOf, toldIn, witnessInWords } from './subjects/case-readers.js';
import { CaseMails } from './subjects/case-mails.js';
import { CaseSubjects, sidesOf, type LostFactor } from './subjects/case-subjects.js';
import { caseRow } from './case-list-view.js';
import { CASE_KIND_WORDS } from './case-words.js';
import { decisionsOf, firstWordsOf } from './subjects/decision-offers.js';
import { CaseHistory, historyView } from './case-history.js';
import { questionView, reviewView, lostFactorView } from './subjects/subject-views.js';
import { objectionsIn, SuccessionFacts } from './subjects/succession-facts.js';

const NUMBER = /^[2-9A-Z]{4}-[2-9A-Z]{4}$/;

/** Where the desk begins a case about a registration. */
function newCasePath(enrollment: string): string {
  return `/desk/cases/new?enrollment=${enrollment}`;
}

export function casePath(number: string): string {
  return `/desk/cases/${number}`;
}

/** The page of one case. Whoever reads that of a company is in its log. */
@Injectable()
export class CasePages {
  constructor(
    private readonly em: EntityManager,
    private readonly cases: DeskCases,
    private readonly subjects: CaseSubjects,
    private readonly successions: SuccessionFacts,
    private readonly history: CaseHistory,
    private readonly mails: CaseMails,
    private readonly untold: UntoldCases,
    private readonly views: DeskViews,
  ) {}

  /**
   * The number of a registration that is no case of the desk yet leads to where it becomes one: the
   * commands decide about it, too.
   * @throws NotFoundException for numbers that nothing has
   */
  async find(number: string): Promise<DeskCase> {
    const found = await this.known(number);
    if (found) return found;
    const caseNumber = number.toUpperCase();
    const isKnown = NUMBER.test(caseNumber) && (await findCase(this.em, { caseNumber }));
    if (!isKnown) throw new NotFoundException();
    throw new LedElsewhere(newCasePath(caseNumber));
  }

  async known(number: string): Promise<DeskCase | undefined> {
    const populate = ['corporation', 'account.corporation', 'assignee'] as const;
    const caseNumber = number.toUpperCase();
    if (!NUMBER.test(caseNumber)) return undefined;
    const found = await this.em.findOne(DeskCase, { caseNumber }, { populate, refresh: true });
    return found ?? undefined;
  }

  async show(number: string, me: SignedInOperator, form: FormReading): Promise<Answer> {
    const deskCase = await this.find(number);
    const { caseNumber, corporation, account, closedAt, kind } = deskCase;
    if (corporation) await this.views.note(corporation.id, me);
    const subject = await this.subjects.of(deskCase);
    const { succession, review, lostFactor, question } = subject;
    const objections = deskCase.isOpen ? objectionsIn(sidesOf(subject)) : [];
    const { language } = me.visit;
    const mayBeAnswered = deskCase.isOpen && readersOf(deskCase, subject).length > 0;
    const now = await databaseNow(this.em);
    const entries = await this.history.of(deskCase);
    const signatures = deskCase.isOpen ? firstWordsOf(subject, entries) : [];
    const isUndecided = await this.subjects.isUndecided(deskCase);
    const model = {
      form,
      path: casePath(caseNumber),
      ...caseRow(deskCase, '', now),
      corporation: corporation ?? null,
      isClosed: corporation?.state === 'closed',
      account: account ?? null,
      closedAt: closedAt ?? null,
      isMine: deskCase.assignee?.id === me.operatorId,
      isWaiting: deskCase.state === 'waiting',
      mayWait: await this.subjects.mayWait(deskCase),
      operators: await this.#others(deskCase),
      guide: objections.length === 0 ? await this.#guideOf(deskCase, succession) : null,
      succession: succession ? await this.successions.view(succession, language) : null,
      review: review ? reviewView(review, now) : null,
      reviewed: review?.report ? await this.successions.view(review.report, language) : null,
      objections,
      beside: await this.successions.beside((succession ?? review)?.beside ?? []),
      lostFactor: lostFactor ? lostFactorView(lostFactor) : null,
      question: question ? questionView(question) : null,
      mails: await this.mails.of(deskCase, subject),
      isGone: Object.values(subject).every((part) => part === undefined),
      decisions: deskCase.isOpen ? decisionsOf(caseNumber, subject) : [],
      signatures,
      mayBeClosed: deskCase.isOpen && !isUndecided,
      isErased: deskCase.isErased,
      successor: (await this.cases.successorOf(deskCase))?.caseNumber ?? null,
      endsWord: signatures.some((word) => 'entry' in word),
      runsUntil: runsUntil(lostFactor),
      whyHint: whyHint(deskCase),
      answerPath: mayBeAnswered ? `${casePath(caseNumber)}/answer` : null,
      history: historyView(entries, signatures),
    };
    const title = say('事案 {number}', { number: caseNumber });
    return page('desk/case', title, { ...model, kind: CASE_KIND_WORDS[kind] });
  }

  /** A removal of the lost factor goes on whatever becomes of the case. */
  async runsOn(number: string): Promise<boolean> {
    const { lostFactor } = await this.subjects.of(await this.find(number));
    return runsUntil(lostFactor) !== null;
  }

  /**
   * How to go on where nobody who may object was told; else who was, and when the probation ends by
   * itself. Whatever the first of two people said, the second one has to do the same.
   */
  async #guideOf({ isOpen }: DeskCase, succession: CaseReport | undefined) {
    if (!isOpen || !succession) return null;
    const { enrollment } = succession;
    const isUntold = await this.untold.isUntold(enrollment);
    const told = isUntold ? [] : await withoutDismissed(this.em, toldIn(succession));
    if (!isUntold && !(enrollment.canBeApproved && told.length > 0)) return null;
    return {
      told: told.map((witness) => ({
        who: witnessInWords(witness),
        email: witness.account?.email ?? witness.email ?? '',
      })),
      hasWitnesses: succession.witnesses.length > 0,
      isInitial: enrollment.kind === 'initial',
      waits: waitsForDesk(enrollment),
      isOver: !enrollment.canBeApproved,
      endsAt: isResting(enrollment) ? null : (enrollment.probationEndsAt ?? null),
    };
  }

  /** Whom it can be given to. */
  async #others({ assignee }: DeskCase): Promise<Pick<Operator, 'id' | 'name'>[]> {
    const working = { endedAt: null, id: { $ne: assignee?.id ?? null } };
    const found = await this.em.find(Operator, working, { orderBy: { name: 'asc' } });
    return found.filter(({ isReady }) => isReady).map(({ id, name }) => ({ id, name }));
  }
}

function runsUntil(lostFactor: LostFactor | undefined): Date | null {
  const { removal } = lostFactor ?? {};
  return removal?.canBeStopped ? removal.endsAt! : null;
}

/** A company's people read it in their log; nobody else has one. */
function whyHint({ corporation, isOpen }: DeskCase): Sentence {
  if (!corporation) return say('担当窓口の記録に残ります。');
  return isOpen
    ? say('お客様もご覧になります。例：お電話で解決を確認しました。')
    : say('お客様もご覧になります。例：もう一度お電話をいただきました。');
}
