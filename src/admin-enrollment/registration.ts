import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { sql, sqlOne } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { holdCorporation } from '../corporations/hold-corporation.js';
import type { ProvenCorporation } from '../corporations/invoice-proof.js';
import type { Language } from '../web/texts.js';
import type { Visit } from '../web/visit.js';
import { createRegistered, removeUnstarted } from './registered-account.js';
import type { Applicant } from './wizard/applicants.js';
import { ACTIVATION_HOURS, ActivationLinks } from './activation/activation-links.js';
import { newCaseNumber } from './case-number.js';

export type RegistrationRefusal =
  'administrators-exist' | 'registration-running' | 'login-id-taken';

export type Registered =
  | { ok: true; enrollmentId: string; accountId: string }
  | { ok: false; reason: RegistrationRefusal };

/** What is known of a request when an account is made; without a visit when an operator makes it. */
export type Cause = Pick<Visit, 'address'> & { requestId?: string; language: Language };

/**
 * A company's first administrator. The registration holds the company for a day; after that, somebody else may register and takes its place.
 */
@Injectable()
export class Registration {
  constructor(
    private readonly em: EntityManager,
    private readonly links: ActivationLinks,
    private readonly audit: Audit,
  ) {}

  /** Why nobody can register for this company now; undefined when somebody can. */
  async obstacle(
    corporationId: string,
  ): Promise<'administrators-exist' | 'registration-running' | undefined> {
    const found = await sqlOne<{ administrators: boolean; running: boolean }>(
      this.em,
      `select exists (select from accounts where corporation_id = $1 and role = 'administrator'
                        and state in ('active', 'suspended')) as administrators,
              exists (${RUNNING}) as running`,
      [corporationId],
    );
    if (found!.administrators) return 'administrators-exist';
    return found!.running ? 'registration-running' : undefined;
  }

  /** Makes the account, the case, the link and its mail, or none of them. Of parallel callers one succeeds. */
  async apply(
    corporation: ProvenCorporation,
    applicant: Applicant,
    cause: Cause,
  ): Promise<Registered> {
    return inTransaction(this.em, async () => {
      const registered = await this.#register(corporation, applicant, cause);
      await this.audit.record({
        act: 'initial-registration',
        reason: registered.ok ? 'done' : registered.reason,
        corporationId: corporation.id,
        accountId: registered.ok ? registered.accountId : undefined,
        visit: cause,
      });
      return registered;
    });
  }

  /** Takes an unfinished registration back, so that its company is free and its details can be corrected. */
  async withdraw(enrollmentId: string, visit: Visit): Promise<boolean> {
    return inTransaction(this.em, async () => {
      const enrollment = await sqlOne<{ corporation_id: string }>(
        this.em,
        'select corporation_id from enrollments where id = $1',
        [enrollmentId],
      );
      if (enrollment) await holdCorporation(this.em, enrollment.corporation_id);
      const withdrawn = await sqlOne<{ corporation_id: string; account_id: string }>(
        this.em,
        `update enrollments set state = 'withdrawn', decided_at = genkan_now()
         where id = $1 and state = 'awaiting-activation' returning corporation_id, account_id`,
        [enrollmentId],
      );
      if (!withdrawn) return false;
      const { corporation_id: corporationId, account_id: accountId } = withdrawn;
      await removeUnstarted(this.em, accountId);
      await this.audit.record({
        act: 'registration-withdrawal',
        reason: 'done',
        corporationId,
        accountId,
        visit,
      });
      return true;
    });
  }

  async #register(
    corporation: ProvenCorporation,
    applicant: Applicant,
    cause: Cause,
  ): Promise<Registered> {
    await holdCorporation(this.em, corporation.id);
    const obstacle = await this.obstacle(corporation.id);
    if (obstacle) return { ok: false, reason: obstacle };
    await this.#clearExpired(corporation.id);
    const accountId = await createRegistered(this.em, corporation.id, applicant, cause.language);
    if (!accountId) return { ok: false, reason: 'login-id-taken' };
    const enrollmentId = await this.#openCase(corporation.id, accountId, applicant, cause);
    await this.links.send(accountId);
    return { ok: true, enrollmentId, accountId };
  }

  async #clearExpired(corporationId: string): Promise<void> {
    await sql(
      this.em,
      `with expired as (
         update enrollments set state = 'expired', decided_at = genkan_now()
         where corporation_id = $1 and kind = 'initial' and state = 'awaiting-activation'
         returning account_id)
       delete from accounts using expired where accounts.id = expired.account_id and state = 'registered'`,
      [corporationId],
    );
  }

  async #openCase(
    corporationId: string,
    accountId: string,
    applicant: Applicant,
    cause: Cause,
  ): Promise<string> {
    const opened = await sqlOne<{ id: string }>(
      this.em,
      `insert into enrollments (case_number, kind, state, corporation_id, account_id, corporate_number, applicant, address)
       select $1, 'initial', 'awaiting-activation', $2, $3, corporate_number, $4, $5
       from corporations where id = $2 returning id`,
      [newCaseNumber(), corporationId, accountId, applicant.name, cause.address],
    );
    return opened!.id;
  }
}

/** A registration holds its company for a day; mails that are asked for again do not prolong that. */
const RUNNING = `
  select from enrollments e
  where e.corporation_id = $1 and e.kind = 'initial' and e.state = 'awaiting-activation'
    and e.created_at > genkan_now() - make_interval(hours => ${ACTIVATION_HOURS})`;
