import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { DeskCases } from '../../cases/desk-cases.js';
import { isClosed, usableAdministrators } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import type { Account } from '../../identity/account.entity.js';
import { isOpenLoginId } from '../../identity/login-id.js';
import { giveLoginId } from '../../identity/login-ids.js';
import type { SecondWordRefusal } from '../../identity/second-words.js';
import { ApplicationQueue } from '../applications/application-queue.js';
import type { Appointment } from '../appointment.entity.js';
import { CaseEnds } from '../case-ends.js';
import type { Enrollment } from '../enrollment.entity.js';
import { canBeDismissed, canStay, matterOf } from '../desk-matter.js';
import { holdCase } from '../hold-case.js';
import { authorOf, type DeskAct } from '../desk-act.js';
import {
  isFirstWordGone,
  isOverruled,
  missingPerson,
  saidFirst,
  type DeskDecision,
} from './two-people.js';

type Refusal =
  | 'case-over'
  | 'case-closed'
  | 'case-queued'
  | 'corporation-closed'
  | 'mailbox-unproved'
  | 'newcomer-erased'
  | 'login-id-needed'
  | SecondWordRefusal;

export type DeskRefusal = Refusal | 'case-unknown';

export type DeskDecided =
  /** A second person of the desk has to say the same. */
  | { ok: true; isComplete: false }
  /** `administrators`: how many can sign in; `takenBack`: whom two of the desk had named before. */
  | { ok: true; isComplete: true; administrators: number; takenBack: Appointment | undefined }
  | { ok: false; reason: DeskRefusal };

/** A refusal, or what is done. */
type Worked = Refusal | 'second-person-needed' | { takenBack: Appointment | undefined };

/**
 * The desk heard both sides: the newcomer stays, or goes. Either way nobody takes the company over
 * whom the desk named before.
 */
@Injectable()
export class DeskDecisions {
  constructor(
    private readonly em: EntityManager,
    private readonly ends: CaseEnds,
    private readonly queue: ApplicationQueue,
    private readonly cases: DeskCases,
    private readonly audit: Audit,
  ) {}

  /** Two people of the desk where a decision gives the company away (two-people.ts). */
  uphold(caseNumber: string, by: DeskAct): Promise<DeskDecided> {
    return this.#act(caseNumber, 'uphold', by, async (enrollment) => {
      const obstacle = upholdObstacle(enrollment);
      if (obstacle) return obstacle;
      if (!(await hasLoginId(this.em, enrollment.account!))) return 'login-id-needed';
      return this.#end(enrollment, 'uphold', by);
    });
  }

  dismiss(caseNumber: string, by: DeskAct): Promise<DeskDecided> {
    return this.#act(caseNumber, 'dismiss', by, async (enrollment) => {
      if (!canBeDismissed(enrollment)) return 'case-over';
      return this.#end(enrollment, 'dismiss', by);
    });
  }

  async #end(enrollment: Enrollment, decision: DeskDecision, by: DeskAct): Promise<Worked> {
    if (await this.cases.isClosed(enrollment.id)) return 'case-closed';
    const missing = await missingPerson(this.em, enrollment, decision, by.operator);
    if (missing) return missing;
    // What is decided waits for nobody when the case ends with it.
    enrollment.forgetFirstWords();
    const takenBack = await this.ends.takeBackAppointment(enrollment);
    if (decision === 'uphold') await this.ends.letStay(enrollment, by.why);
    else await this.ends.sendAway(enrollment, by.why);
    return { takenBack };
  }

  async #act(
    caseNumber: string,
    decision: DeskDecision,
    by: DeskAct,
    work: (enrollment: Enrollment) => Promise<Worked>,
  ): Promise<DeskDecided> {
    return inTransaction<DeskDecided>(this.em, async () => {
      const enrollment = await holdCase(this.em, { caseNumber });
      if (!enrollment) return { ok: false, reason: 'case-unknown' };
      const words = saidFirst(enrollment);
      const corporationId = enrollment.corporation!.id;
      // Nobody there could say so in time that it is wrong.
      const rests = await isClosed(this.em, corporationId);
      const worked = rests ? 'corporation-closed' : await work(enrollment);
      const reason = typeof worked === 'string' ? worked : 'done';
      if (reason === 'done') await this.queue.startNext(corporationId);
      const facts = { caseNumber, upheld: decision === 'uphold', ...authorOf(by) };
      const of = { corporationId, visit: by.visit };
      const isOver =
        typeof worked === 'string'
          ? isFirstWordGone(words, enrollment)
          : isOverruled(words, decision, worked.takenBack);
      if (isOver)
        await this.audit.done('first-word-end', of, {
          caseNumber,
          cause: 'other-word',
          operator: by.operator,
        });
      await this.audit.record('case-decision', reason, of, facts);
      const isFirst = worked === 'second-person-needed';
      if (typeof worked === 'string' && !isFirst) return { ok: false, reason: worked };
      if (isFirst) await this.cases.open(matterOf('succession', enrollment));
      const { operator, why } = by;
      await this.cases.signed(enrollment.id, { decision, operator, why, isFirst });
      if (isFirst) return { ok: true, isComplete: false };
      const administrators = (await usableAdministrators(this.em, corporationId)).length;
      return { ok: true, isComplete: true, administrators, ...worked };
    });
  }
}

/** Whoever is not there, or proved no mailbox, cannot stay. */
function upholdObstacle(enrollment: Enrollment): Refusal | undefined {
  if (enrollment.stage === 'queued') return 'case-queued';
  if (!enrollment.canBeDecided) return 'case-over';
  if (enrollment.isErased) return 'newcomer-erased';
  if (!canStay(enrollment)) return 'mailbox-unproved';
  return undefined;
}

/** An application that only proved its mailbox gets the login ID that it wanted, if that is free. */
async function hasLoginId(em: EntityManager, account: Account): Promise<boolean> {
  const { id, loginIdKey, shownLoginId } = account;
  if (!isOpenLoginId(loginIdKey)) return true;
  return shownLoginId !== '' && giveLoginId(em, id, shownLoginId);
}
