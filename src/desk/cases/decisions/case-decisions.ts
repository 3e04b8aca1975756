import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Reviews } from '../../../admin-enrollment/applications/reviews.js';
import { Appointments } from '../../../admin-enrollment/cases/appointments.js';
import { DeskDecisions } from '../../../admin-enrollment/cases/desk-decisions.js';
import type { DeskAct } from '../../../admin-enrollment/desk-act.js';
import { RemovalBeginning } from '../../../auth/lost-factor/removal-beginning.js';
import type { DecisionOnCase } from '../../../cases/case-entry.entity.js';
import type { DeskCase } from '../../../cases/desk-case.entity.js';
import { DeskCases } from '../../../cases/desk-cases.js';
import { withSecondWordTime } from '../../../identity/second-words.js';
import type { Sentence } from '../../../web/sentence.js';
import type { SignedInOperator } from '../../sign-in/desk-sessions.js';
import {
  DECISION_REFUSALS,
  HEARD_MEANWHILE,
  type DecisionRefusal,
} from '../subjects/decision-refusals.js';
import type { NamedPersonForm } from './decision.form.js';

export type Decided =
  /** `isComplete`: no second person of the desk is missing. */
  | { ok: true; isComplete: boolean; isQueued: boolean; person: string }
  | { ok: false; sentence: Sentence };

type SettledDecision = Extract<Decided, { ok: true }> | { ok: false; reason: DecisionRefusal };

/** The same classes as the commands, so a case is decided alike on a page and by a command. */
@Injectable()
export class CaseDecisions {
  constructor(
    private readonly em: EntityManager,
    private readonly cases: DeskCases,
    private readonly reviews: Reviews,
    private readonly decisions: DeskDecisions,
    private readonly appointments: Appointments,
    private readonly removals: RemovalBeginning,
  ) {}

  /** @param heard how often a party had spoken when the page was made that decides */
  async decide(
    decision: DecisionOnCase,
    deskCase: DeskCase,
    form: NamedPersonForm,
    { name: operator, visit }: SignedInOperator,
    heard: number,
  ): Promise<Decided> {
    const by = { operator, why: form.why, visit };
    const isUnread = deskCase.isOpen && (await this.cases.timesHeard(deskCase)) !== heard;
    if (isUnread) return { ok: false, sentence: HEARD_MEANWHILE };
    const settled: SettledDecision = deskCase.isOpen
      ? await this.#decide(decision, deskCase, form, by)
      : { ok: false, reason: 'case-closed' };
    if (settled.ok) return settled;
    const refusal = DECISION_REFUSALS[settled.reason];
    return { ok: false, sentence: await withSecondWordTime(this.em, operator, refusal) };
  }

  async #decide(
    decision: DecisionOnCase,
    { caseNumber, account }: DeskCase,
    { name, nameKana, email }: NamedPersonForm,
    by: DeskAct,
  ): Promise<SettledDecision> {
    switch (decision) {
      case 'grant':
      case 'refuse':
        return complete(await this.reviews[decision](caseNumber, by));
      case 'uphold':
      case 'dismiss':
        return complete(await this.decisions[decision](caseNumber, by));
      case 'give':
        return complete(await this.appointments.give(caseNumber, { name, nameKana, email }, by));
      case 'confirm':
        return complete(await this.appointments.confirm(caseNumber, email, by));
      case 'remove-factor':
        return this.#removeFactor(account?.loginIdKey ?? '', { ...by, caseNumber });
    }
  }

  async #removeFactor(
    loginIdKey: string,
    by: DeskAct & { caseNumber: string },
  ): Promise<SettledDecision> {
    const begun = await this.removals.byDesk(loginIdKey, by);
    const asked = { ok: true, isQueued: false, person: '' } as const;
    if (begun.ok) return { ...asked, isComplete: true };
    const { reason } = begun;
    if (reason === 'second-person-needed') return { ...asked, isComplete: false };
    return { ok: false, reason };
  }
}

function complete(
  decided:
    | { ok: true; isComplete?: boolean; isQueued?: boolean; person?: { name: string } }
    | { ok: false; reason: DecisionRefusal },
): SettledDecision {
  if (!decided.ok) return decided;
  const { isComplete = true, isQueued = false, person } = decided;
  return { ok: true, isComplete, isQueued, person: person?.name ?? '' };
}
