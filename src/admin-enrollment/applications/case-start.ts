import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { databaseNow, sqlBefore } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { Account } from '../../identity/account.entity.js';
import { loginIdKey, openLoginId } from '../../identity/login-id.js';
import { ActivationMails } from '../activation/activation-mails.js';
import type { Applicant, Cause } from '../applicant.js';
import type { Enrollment } from '../enrollment.entity.js';
import { createRegistered } from '../registered-account.js';
import { Witnesses } from '../witnesses.js';

/** Registrations that nobody proves write to the billing contact only so often. */
const NOTICES_A_DAY = 5;

/** The beginning of a case: the newcomer's account, the link to it, and everybody who is told. */
@Injectable()
export class CaseStart {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly activation: ActivationMails,
    private readonly witnesses: Witnesses,
  ) {}

  /**
   * Begins in the caller's transaction and under the company's held row. In a succession a login ID
   * that is taken is told by the mail alone, because the page would tell strangers who exists.
   * @returns false, and nothing is done, when the login ID of a first administrator is taken
   */
  async begin(enrollment: Enrollment, applicant: Applicant, cause: Cause): Promise<boolean> {
    const account = await this.#createAccount(enrollment, applicant, cause);
    if (!account) return false;
    const isHeld = enrollment.kind === 'succession' && this.config.enrollmentHold > 0;
    const hold = isHeld ? { seconds: this.config.enrollmentHold / 1000 } : undefined;
    enrollment.begin(account, await databaseNow(this.em), hold);
    await this.em.flush();
    await this.activation.issue(account.id);
    await this.witnesses.writeDown(enrollment);
    if (await this.#mayTell(enrollment)) await this.witnesses.tell(enrollment);
    return true;
  }

  async #createAccount(
    enrollment: Enrollment,
    applicant: Applicant,
    { language }: Cause,
  ): Promise<Account | undefined> {
    const { id } = enrollment.corporation!;
    if (enrollment.kind === 'initial') await this.#freeLoginId(enrollment, applicant);
    const created = await createRegistered(this.em, id, applicant, language);
    if (created || enrollment.kind === 'initial') return created;
    return createRegistered(this.em, id, { ...applicant, loginId: openLoginId() }, language);
  }

  /** A registration of the same company that nobody proved holds no login ID. */
  async #freeLoginId({ corporation }: Enrollment, { loginId }: Applicant): Promise<void> {
    const unproved = await this.em.findOne(Account, {
      corporation: corporation!.id,
      loginIdKey: loginIdKey(loginId),
      state: 'registered',
    });
    unproved?.nameLogin(openLoginId());
    await this.em.flush();
  }

  /** A billing contact who is not told of a registration now hears of it when it is activated. */
  async #mayTell({ kind, corporation }: Enrollment): Promise<boolean> {
    if (kind === 'succession') return true;
    const { told } = await tables(this.em)
      .selectFrom('enrollments as e')
      .innerJoin('witnesses as w', 'w.enrollment_id', 'e.id')
      .where('e.corporation_id', '=', corporation!.id)
      .where('e.kind', '=', 'initial')
      .where('e.started_at', '>', sqlBefore({ days: 1 }))
      .where('w.delivery_id', 'is not', null)
      .select(({ fn }) => fn.count<string>('w.id').as('told'))
      .executeTakeFirstOrThrow();
    return Number(told) < NOTICES_A_DAY;
  }
}
