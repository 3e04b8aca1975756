import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { knownSource } from '../../auth/hash-room.js';
import { Audit } from '../../audit/audit.js';
import type { Reason } from '../../audit/reasons.js';
import { Tickets, type LinkRefusal } from '../../auth/tickets.js';
import { Config } from '../../config.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import type { Visit } from '../../web/visit.js';
import type { EnrollmentKind } from '../enrollment-kind.js';
import { ChosenLoginId, type LoginIdRefusal } from './chosen-login-id.js';

export type Activated =
  | { ok: true; kind: EnrollmentKind }
  | { ok: false; reason: LinkRefusal | LoginIdRefusal | 'administrators-exist' };

type Newcomer = { id: string; corporationId: string; kind: EnrollmentKind };

/** The mailbox is proved: whoever opens the link and presses the button may sign in from now on. */
@Injectable()
export class Activation {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly tickets: Tickets,
    private readonly loginIds: ChosenLoginId,
    private readonly audit: Audit,
  ) {}

  /**
   * Uses the link up; of parallel callers one succeeds.
   * @param loginId the one that is chosen now, where the wanted one was taken
   */
  async activate(
    token: string | undefined,
    visit: Visit,
    loginId: string | undefined,
  ): Promise<Activated> {
    return inTransaction<Activated>(this.em, async () => {
      const newcomer = await this.#find(await this.tickets.ownerOf('activation', token));
      if (newcomer) await holdCorporation(this.em, newcomer.corporationId);
      const state = await this.tickets.look('activation', token);
      const source = knownSource(`activation ${newcomer?.id}`, visit);
      const refusal =
        newcomer && state.ok && (await this.loginIds.choose(newcomer.id, loginId, source));
      if (newcomer && refusal) return this.#notNamed(newcomer, refusal, visit);
      const ticket = await this.tickets.use('activation', token);
      if (!ticket.ok || !newcomer) {
        const reason = ticket.ok ? 'link-unknown' : ticket.reason;
        await this.audit.record({ act: 'activation', reason, visit });
        return { ok: false, reason };
      }
      return this.#activate(newcomer, visit);
    });
  }

  /** The link stays; which login IDs exist is guessed here, if anywhere. */
  async #notNamed(
    { id: accountId, corporationId }: Newcomer,
    reason: LoginIdRefusal,
    visit: Visit,
  ): Promise<Activated> {
    await this.audit.record({ act: 'activation', reason, accountId, corporationId, visit });
    return { ok: false, reason };
  }

  async #activate(newcomer: Newcomer, visit: Visit): Promise<Activated> {
    const { id: accountId, corporationId, kind } = newcomer;
    const log = (reason: Reason) =>
      this.audit.record({ act: 'activation', reason, corporationId, accountId, visit });
    // Administrators who came in another way meanwhile decide about newcomers themselves.
    if (kind === 'initial' && (await this.#hasAdministrators(corporationId))) {
      await log('administrators-exist');
      return { ok: false, reason: 'administrators-exist' };
    }
    await (kind === 'initial' ? this.#complete(accountId) : this.#begin(accountId));
    await log('done');
    return { ok: true, kind };
  }

  async #complete(accountId: string): Promise<void> {
    await sqlOne(
      this.em,
      `with enrollment as (
         update enrollments set state = 'completed', decided_at = genkan_now()
         where account_id = $1 and state = 'awaiting-activation')
       update accounts set state = 'active', activated_at = genkan_now() where id = $1`,
      [accountId],
    );
  }

  /** The case runs from now on: held until its release, where the operator holds newcomers, then on probation. */
  async #begin(accountId: string): Promise<void> {
    await sqlOne(
      this.em,
      `with enrollment as (
         update enrollments set state = 'running', activated_at = genkan_now(),
                probation_ends_at = greatest(release_at, genkan_now()) + make_interval(secs => $2)
         where account_id = $1 and state = 'awaiting-activation' returning release_at)
       update accounts set state = 'active', activated_at = genkan_now(),
              held_until = (select release_at from enrollment) where id = $1`,
      [accountId, this.config.enrollmentProbation / 1000],
    );
  }

  #find(accountId: string | undefined): Promise<Newcomer | undefined> {
    return sqlOne<Newcomer>(
      this.em,
      `select a.id, a.corporation_id as "corporationId", coalesce(e.kind, 'initial') as kind
       from accounts a
       left join enrollments e on e.account_id = a.id and e.state = 'awaiting-activation'
       where a.id = $1`,
      [accountId ?? null],
    );
  }

  async #hasAdministrators(corporationId: string): Promise<boolean> {
    const found = await sqlOne(
      this.em,
      `select from accounts where corporation_id = $1 and role = 'administrator'
         and state in ('active', 'suspended') limit 1`,
      [corporationId],
    );
    return found !== undefined;
  }
}
