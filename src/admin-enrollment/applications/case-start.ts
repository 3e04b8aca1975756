import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { isAdministered } from '../../corporations/hold-corporation.js';
import { databaseNow, sqlBefore } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import type { Account } from '../../identity/account.entity.js';
import { openLoginId } from '../../identity/login-id.js';
import { ActivationMails } from '../activation/activation-mails.js';
import type { Applicant, Cause } from '../applicant.js';
import { CaseTurns } from '../case-turns.js';
import type { Enrollment } from '../enrollment.entity.js';
import { createRegistered } from '../registered-account.js';
import { Witnesses } from '../witnesses.js';

/** Applications that nobody proves write to a company's administrators and billing contact. */
const TOLD_A_DAY = 5;

export interface MailboxProof {
  isMailboxProved?: boolean;
  /** The page behind the mailed link asks for another login ID where the wanted one is taken. */
  mayChooseLoginId?: boolean;
  /** The desk reviewed what was applied for then: its word is in the log, and nobody applied anew. */
  grantOf?: { appliedAt: Date };
  /** The case that the desk reviewed, where it had begun as one: it goes on with its witnesses. */
  reviewed?: Enrollment | undefined;
}

@Injectable()
export class CaseStart {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly activation: ActivationMails,
    private readonly witnesses: Witnesses,
    private readonly turns: CaseTurns,
  ) {}

  /**
   * Begins under the company's held row; false when a first administrator's login ID is taken. In a
   * succession the mail alone tells that, because the page would tell strangers who exists.
   */
  async begin(
    enrollment: Enrollment,
    applicant: Applicant,
    cause: Cause,
    { isMailboxProved = false, mayChooseLoginId = isMailboxProved }: MailboxProof = {},
  ): Promise<boolean> {
    const hasOthers = await isAdministered(this.em, enrollment.corporation!.id);
    // Somebody else came to stay while it waited.
    if (hasOthers) enrollment.kind = 'succession';
    const mayBeOpen = enrollment.kind === 'succession' || mayChooseLoginId;
    const account = await this.#createAccount(enrollment, applicant, cause, mayBeOpen);
    if (!account) return false;
    const seconds = this.config.enrollmentHold / 1000;
    // Nobody is held back where nobody could approve.
    const hold = hasOthers && seconds > 0 ? { seconds } : undefined;
    enrollment.begin(account, await databaseNow(this.em), hold);
    await this.em.flush();
    if (!isMailboxProved) await this.activation.issue(account.id);
    await this.witnesses.writeDown(enrollment);
    if (await this.#mayTell(enrollment, isMailboxProved)) await this.witnesses.tell(enrollment);
    return true;
  }

  async #createAccount(
    enrollment: Enrollment,
    applicant: Applicant,
    { language }: Cause,
    mayBeOpen: boolean,
  ): Promise<Account | undefined> {
    const { id } = enrollment.corporation!;
    const created = await createRegistered(this.em, id, applicant, language);
    if (created || !mayBeOpen) return created;
    return createRegistered(this.em, id, { ...applicant, loginId: openLoginId() }, language);
  }

  /** Witnesses who are not told of an application now hear of it when its newcomer comes to act. */
  async #mayTell(enrollment: Enrollment, isMailboxProved: boolean): Promise<boolean> {
    if (isMailboxProved) return (await this.turns.obstacle(enrollment)) === undefined;
    const { kind, corporation } = enrollment;
    const { told } = await tables(this.em)
      .selectFrom('enrollments as e')
      .innerJoin('witnesses as w', 'w.enrollment_id', 'e.id')
      .where('e.corporation_id', '=', corporation!.id)
      .where('e.kind', '=', kind)
      .where('e.started_at', '>', sqlBefore({ days: 1 }))
      .where('w.delivery_id', 'is not', null)
      .select(({ fn }) => fn.count<string>('e.id').distinct().as('told'))
      .executeTakeFirstOrThrow();
    return Number(told) < TOLD_A_DAY;
  }
}
