import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { CaseReport } from '../../../admin-enrollment/cases/case-reports.js';
import { caseLine, paragraphsOf, standingInWords } from '../../../admin-enrollment/case-view.js';
import type { CaseStage, Enrollment } from '../../../admin-enrollment/enrollment.entity.js';
import { stageOf } from '../../../admin-enrollment/enrollment.schema.js';
import type { Witness } from '../../../admin-enrollment/witness.entity.js';
import { Config } from '../../../config.js';
import { databaseNow } from '../../../database/clock.js';
import { tables } from '../../../database/tables.js';
import { ROLES } from '../../../identity/role.js';
import { logLine, type LogLine } from '../../../log/lines/log-line.js';
import { LogEntries } from '../../../log/query/log-entries.js';
import type { MailDelivery } from '../../../mail/mail-delivery.entity.js';
import { browserFacts, browserInWords } from '../../../web/browser-name.js';
import { networkOf } from '../../../web/requests/client-address.js';
import { say, type Sentence } from '../../../web/sentence.js';
import type { Language } from '../../../web/texts.js';
import { newcomerInWords, witnessInWords } from './case-readers.js';
import { mailStateInWords } from '../../diagnosis/mails-and-links.js';
import { APPLICATION_KINDS } from './subject-views.js';

const PROOFS = {
  numbers: say('法人番号とお振込先口座番号'),
  invoice: say('法人番号、お振込先口座番号、最新の請求書'),
};

/** What both sides of a case did and say, side by side, for those who decide it. */
@Injectable()
export class SuccessionFacts {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly log: LogEntries,
  ) {}

  async view({ enrollment, witnesses, ownCases, removed, appointment }: CaseReport, to: Language) {
    return {
      newcomer: await this.#newcomer(enrollment),
      witnesses: witnesses.map((witness) => witnessView(witness, enrollment, ownCases)),
      events: eventsOf(enrollment, witnesses),
      line: caseLine(enrollment, await databaseNow(this.em)),
      removed: removed.map(({ id, name, shownState }) => ({ id, name, state: shownState })),
      named: appointment ?? null,
      lines: await this.#lines(enrollment, to),
    };
  }

  /** Each with what tells its applicant from the others; the mail address is sealed where nobody proved it. */
  async beside(enrollments: Enrollment[]) {
    return Promise.all(
      enrollments.map(async (enrollment) => ({
        number: enrollment.caseNumber,
        kind: APPLICATION_KINDS[enrollment.kind],
        name: enrollment.applicant,
        email: enrollment.applicantEmail ?? null,
        isProved: enrollment.isMailboxProved,
        isDenied: enrollment.isDenied,
        stage: standingInWords(enrollment),
        named: enrollment.namedPerson ?? null,
        at: enrollment.createdAt,
        address: enrollment.address ?? '',
        isKnownNetwork: await this.#isKnown(enrollment),
      })),
    );
  }

  async #newcomer(enrollment: Enrollment) {
    const { applicant, applicantEmail, account, address, network, browser } = enrollment;
    return {
      name: applicant,
      email: applicantEmail ?? '',
      accountId: account?.id ?? null,
      loginId: account && !account.anonymisedAt ? account.shownLoginId : null,
      state: account?.shownState ?? null,
      stage: standingInWords(enrollment),
      isDenied: enrollment.isDenied,
      address: address ?? '',
      network: network ?? '',
      isKnownNetwork: await this.#isKnown(enrollment),
      device: browser ? browserInWords(browserFacts(browser)) : null,
      proof: PROOFS[this.config.enrollmentProof],
      isFirst: enrollment.kind === 'initial',
      isRegistered: enrollment.activatedAt != null,
      statement: paragraphsOf(enrollment.newcomerStatement),
    };
  }

  /** Somebody else signed in from the network where the newcomer applied, and is no newcomer of a case himself. */
  async #isKnown({ network, corporation, account }: Enrollment): Promise<boolean> {
    if (!network) return false;
    const known = await tables(this.em)
      .selectFrom('known_environments as k')
      .innerJoin('accounts as a', 'a.id', 'k.account_id')
      .where('a.corporation_id', '=', corporation!.id)
      .where('a.id', 'is distinct from', account?.id ?? null)
      .where(sql<boolean>`k.network <<= ${network}::cidr`)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('enrollments as c')
              .select('c.id')
              .whereRef('c.account_id', '=', 'a.id')
              .where(sql.raw<CaseStage>(stageOf('c')), 'not in', ['approved', 'completed']),
          ),
        ),
      )
      .select('k.account_id')
      .limit(1)
      .execute();
    return known.length > 0;
  }

  async #lines({ account, corporation }: Enrollment, language: Language): Promise<LogLine[]> {
    if (!account) return [];
    const own = { corporationId: corporation!.id, accountId: account.id };
    const { entries } = await this.log.page(own, {});
    return entries.map((entry) => logLine(entry, language, 'desk'));
  }
}

/** The words of both sides alone. */
export function saidInCase(report: CaseReport | undefined) {
  if (!report) return [];
  const { enrollment, witnesses } = report;
  const sides = [
    { who: newcomerInWords(enrollment), words: enrollment.newcomerStatement },
    ...witnesses.map((witness) => ({ who: witnessInWords(witness), words: witness.statement })),
  ];
  return sides.flatMap(({ who, words }) => (words ? [{ who, lines: paragraphsOf(words) }] : []));
}

/** Whoever decides about it has to know of them. */
export function objectionsIn(report: CaseReport | undefined) {
  const objectors = report?.witnesses.filter(({ hasObjected }) => hasObjected) ?? [];
  return objectors.map((witness) => ({ who: witnessInWords(witness), at: witness.objectedAt! }));
}

function witnessView(witness: Witness, { network }: Enrollment, ownCases: CaseReport['ownCases']) {
  const { account, email, delivery, objectedAt, statement } = witness;
  const address = account?.lastSignInAddress ?? null;
  return {
    name: account?.name ?? null,
    accountId: account?.id ?? null,
    email: account?.email ?? email ?? '',
    role: account ? ROLES[account.role] : null,
    state: account?.shownState ?? null,
    since: account?.createdAt ?? null,
    lastSignInAt: account?.lastSignInAt ?? null,
    address,
    isSameNetwork: address !== null && network === networkOf(address),
    mail: noticeInWords(delivery?.state),
    isTold: delivery?.state === 'handed-over',
    serverAnswer: delivery && delivery.state !== 'handed-over' ? delivery.serverAnswer : null,
    objectedAt: objectedAt ?? null,
    statement: paragraphsOf(statement),
    ownCase: (account && ownCases.get(account.id)?.caseNumber) ?? null,
  };
}

function noticeInWords(state: MailDelivery['state'] | undefined): Sentence {
  if (!state) return say('まだお知らせしていません');
  if (state === 'suppressed') return say('以前のメールが戻ってきたため、送信していません');
  return mailStateInWords(state);
}

/** What happened, in its order. */
function eventsOf(enrollment: Enrollment, witnesses: Witness[]): { at: Date; what: Sentence }[] {
  const { createdAt, mailboxProvedAt, activatedAt, untoldSince, decidedAt, stage } = enrollment;
  const { probationEndsAt, grantedAt } = enrollment;
  const proved = mailboxProvedAt ?? activatedAt;
  const isDecided = decidedAt && stage !== 'objected';
  return [
    { at: createdAt, what: say('お申し込み') },
    ...(proved ? [{ at: proved, what: say('メールアドレスの確認') }] : []),
    ...(grantedAt ? [{ at: grantedAt, what: say('担当窓口によるお申し込みの承認') }] : []),
    ...(activatedAt && proved! < activatedAt ? [{ at: activatedAt, what: say('登録完了') }] : []),
    ...(untoldSince ? [{ at: untoldSince, what: say('お知らせがどなたにも届かないと判明') }] : []),
    ...witnesses.flatMap(({ objectedAt, account }) =>
      objectedAt ? [{ at: objectedAt, what: objectionBy(account?.name) }] : [],
    ),
    ...(stage === 'completed' && probationEndsAt
      ? [{ at: probationEndsAt, what: say('確認期間の終了') }]
      : []),
    ...(isDecided ? [{ at: decidedAt, what: standingInWords(enrollment) }] : []),
  ].toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

function objectionBy(name: string | undefined): Sentence {
  return name ? say('{name} 様の異議申し立て', { name }) : say('ご請求先の異議申し立て');
}
