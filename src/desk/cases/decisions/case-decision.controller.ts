import { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import type { DecisionOnCase } from '../../../cases/case-entry.entity.js';
import type { DeskCase } from '../../../cases/desk-case.entity.js';
import { DeskCases } from '../../../cases/desk-cases.js';
import { databaseNow } from '../../../database/clock.js';
import { DeskFactorForPage, DeskForm, DeskPage, FreshDeskFactor } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../../web/forms/forms.js';
import { about } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';
import { ReasonForm } from '../../people/operator.form.js';
import { CurrentOperator } from '../../sign-in/current-operator.js';
import type { SignedInOperator } from '../../sign-in/desk-sessions.js';
import { CaseDecisions } from './case-decisions.js';
import { CaseHistory } from '../case-history.js';
import { CasePages, casePath } from '../case-page.js';
import { CaseSubjects, sidesOf } from '../subjects/case-subjects.js';
import { effectOf, firstWordsOf, offeredDecisions, takesTwo } from '../subjects/decision-offers.js';
import { DECISION_WORDS, isDecisionAbout, SECOND_PERSON } from '../subjects/decision-words.js';
import { HEARD_MEANWHILE } from '../subjects/decision-refusals.js';
import { unreachedIn } from '../subjects/case-readers.js';
import { peopleOfDecision } from '../subjects/decided-people.js';
import { reviewView } from '../subjects/subject-views.js';
import { objectionsIn, saidInCase, SuccessionFacts } from '../subjects/succession-facts.js';
import { NamedAddressForm, NamedPersonForm } from './decision.form.js';

const WHY_HINT = say('お客様もご覧になります。例：お電話でご本人を確認し、ご依頼を承りました。');
/** Without a company there is no log that customers read. */
const DESK_ALONE = say('この事案と担当窓口の記録に残ります。お客様にはお知らせしません。');

/**
 * One decision about a case: what it does, why, and the button. Some take two people: each of them gives
 * the factor for it, because the word of a colleague at an unlocked computer would be either of two.
 */
@Controller('desk/cases/:number/decisions/:decision')
@DeskPage()
@FreshDeskFactor()
export class CaseDecisionController {
  constructor(
    private readonly em: EntityManager,
    private readonly pages: CasePages,
    private readonly subjects: CaseSubjects,
    private readonly history: CaseHistory,
    private readonly successions: SuccessionFacts,
    private readonly decisions: CaseDecisions,
    private readonly cases: DeskCases,
  ) {}

  @Get()
  async show(
    @Param('number') number: string,
    @Param('decision') typed: string,
    @CurrentOperator() { visit: { kept } }: SignedInOperator,
  ): Promise<Answer> {
    const deskCase = await this.pages.find(number);
    const decision = decisionOf(deskCase, typed);
    const subject = await this.subjects.of(deskCase);
    if (!deskCase.isOpen || !offeredDecisions(subject).includes(decision))
      return seeOther(casePath(number));
    // What was pressed before a detour, as for the factor, had heard no more than its page.
    const heard = await this.cases.timesHeard(deskCase);
    const isUnread = Number(kept?.heard ?? heard) !== heard;
    const problems = isUnread ? [{ name: 'why', sentence: HEARD_MEANWHILE }] : [];
    return this.#page(deskCase, decision, new FormReading({}, ...problems), { status: 200 });
  }

  @Post()
  @DeskFactorForPage('grant', 'refuse')
  @DeskForm(({ params }) => formOf(params.decision))
  async decide(
    @Param('number') number: string,
    @Param('decision') typed: string,
    @Body() body: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const deskCase = await this.pages.find(number);
    const decision = decisionOf(deskCase, typed);
    const read = readForm<ReasonForm>(formOf(decision), body);
    if (!read.ok) return this.#page(deskCase, decision, read.reading);
    const form = { ...new NamedPersonForm(), ...read.form };
    const heard = Number(body.heard ?? 0);
    const decided = await this.decisions.decide(decision, deskCase, form, me, heard);
    if (decided.ok) {
      const { done, doneInQueue = done } = DECISION_WORDS[decision];
      const complete = decided.isQueued ? doneInQueue : done;
      const told = decided.isComplete ? complete : SECOND_PERSON;
      return seeOther(casePath(deskCase.caseNumber), about(told, { person: decided.person }));
    }
    const refusal = { name: 'why', sentence: decided.sentence };
    return this.#page(deskCase, decision, new FormReading(read.form, refusal));
  }

  async #page(
    deskCase: DeskCase,
    decision: DecisionOnCase,
    form: FormReading,
    answer: { status?: number } = {},
  ): Promise<Answer> {
    const { caseNumber, corporation } = deskCase;
    const { title, isDanger, whyHint = WHY_HINT } = DECISION_WORDS[decision];
    const subject = await this.subjects.of(deskCase);
    const { review } = subject;
    const sides = sidesOf(subject);
    const model = {
      form,
      title,
      effect: effectOf(decision, subject),
      takesTwo: takesTwo(decision, subject),
      isDanger,
      number: caseNumber,
      corporation: corporation ?? null,
      people: peopleOfDecision(subject),
      heard: await this.cases.timesHeard(deskCase),
      objections: objectionsIn(sides),
      said: saidInCase(sides),
      unreached: unreachedIn(sides),
      review: review ? reviewView(review, await databaseNow(this.em)) : null,
      beside: await this.successions.beside(review?.beside ?? []),
      whyHint: corporation ? whyHint : DESK_ALONE,
      path: casePath(caseNumber),
      decision,
      signatures: deskCase.isOpen ? firstWordsOf(subject, await this.history.of(deskCase)) : [],
      isNaming: decision === 'give',
      asksAddress: decision === 'confirm',
    };
    return page('desk/case-decision', title, model, answer);
  }
}

/** One that cases of another kind may need is none of this one. */
function decisionOf({ kind }: DeskCase, typed: string): DecisionOnCase {
  if (!isDecisionAbout(kind, typed)) throw new NotFoundException();
  return typed;
}

function formOf(decision: unknown): new () => ReasonForm {
  if (decision === 'give') return NamedPersonForm;
  return decision === 'confirm' ? NamedAddressForm : ReasonForm;
}
