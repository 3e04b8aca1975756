import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import type { ProvenCorporation } from '../../corporations/invoice-proof.js';
import { sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { removeUnstarted } from '../registered-account.js';
import type { Cause } from '../registration.js';
import type { Applicant } from '../wizard/applicants.js';
import type { Visit } from '../../web/visit.js';
import { ApplicationQueue } from './application-queue.js';
import { findCase } from './case-facts.js';
import { closeOver, isRunning } from './running-cases.js';
import { SuccessionStart } from './succession-start.js';
import { WaitingApplications } from './waiting-applications.js';

export type SuccessionRefusal = 'no-administrators' | 'too-many-applications';

export type Applied =
  | { ok: true; enrollmentId: string; accountId: string | null; caseNumber: string }
  | { ok: false; reason: SuccessionRefusal };

const APPLICATIONS_A_DAY = 5;

/**
 * The predecessor left: somebody with the two numbers applies to become another administrator. One
 * application of a company runs at a time; the others wait behind it.
 */
@Injectable()
export class Succession {
  constructor(
    private readonly em: EntityManager,
    private readonly starts: SuccessionStart,
    private readonly queue: ApplicationQueue,
    private readonly waiting: WaitingApplications,
    private readonly audit: Audit,
  ) {}

  /**
   * Why nobody can succeed at this company now: without administrators, one registers as the first;
   * and each application writes to all administrators, so a day takes only so many. Those that the
   * desk dismissed do not count.
   */
  async obstacle(corporationId: string): Promise<SuccessionRefusal | undefined> {
    const found = await sqlOne<{ administrators: boolean; today: number }>(
      this.em,
      `select exists (select from usable_administrators where corporation_id = $1) as administrators,
              (select count(*)::int from enrollments
               where corporation_id = $1 and kind = 'succession' and state not in ('review', 'refused')
                 and created_at > genkan_now() - interval '1 day') as today`,
      [corporationId],
    );
    if (!found!.administrators) return 'no-administrators';
    return found!.today < APPLICATIONS_A_DAY ? undefined : 'too-many-applications';
  }

  /**
   * Starts the case, or queues it behind the one that runs, with all its mails, or does nothing.
   * @returns `accountId` null for an application that waits
   */
  async apply(
    corporation: ProvenCorporation,
    applicant: Applicant,
    cause: Cause,
  ): Promise<Applied> {
    return inTransaction(this.em, async () => {
      await holdCorporation(this.em, corporation.id);
      const applied = await this.#apply(corporation, applicant, cause);
      await this.audit.record({
        act: 'succession-application',
        reason: !applied.ok ? applied.reason : applied.accountId ? 'done' : 'queued',
        corporationId: corporation.id,
        accountId: applied.ok ? (applied.accountId ?? undefined) : undefined,
        facts: applied.ok ? { caseNumber: applied.caseNumber } : {},
        visit: cause,
      });
      return applied;
    });
  }

  /** The applicant takes the application back, as long as the newcomer cannot act. */
  async withdraw(enrollmentId: string, visit: Visit): Promise<boolean> {
    return inTransaction(this.em, async () => {
      const found = await findCase(this.em, 'e.id', enrollmentId);
      if (!found) return false;
      await holdCorporation(this.em, found.corporationId);
      const { stage, accountId, corporationId } = (await findCase(this.em, 'e.id', enrollmentId))!;
      if (stage !== 'queued' && stage !== 'awaiting-activation' && stage !== 'held') return false;
      await sqlOne(
        this.em,
        `update enrollments set state = 'withdrawn', decided_at = genkan_now(), sealed_details = null
         where id = $1`,
        [enrollmentId],
      );
      if (accountId) await removeUnstarted(this.em, accountId);
      if (stage !== 'queued') await this.starts.tellWithdrawn(found);
      await this.queue.startNext(corporationId);
      const facts = { caseNumber: found.caseNumber };
      const act = 'succession-withdrawal';
      await this.audit.record({ act, reason: 'done', corporationId, facts, visit });
      return true;
    });
  }

  async #apply(
    corporation: ProvenCorporation,
    applicant: Applicant,
    cause: Cause,
  ): Promise<Applied> {
    const obstacle = await this.obstacle(corporation.id);
    if (obstacle) return { ok: false, reason: obstacle };
    await closeOver(this.em, corporation.id);
    const isBusy = await isRunning(this.em, corporation.id);
    if (!isBusy) {
      const started = await this.starts.start(corporation, applicant, cause);
      return { ok: true, ...started };
    }
    const queued = await this.waiting.add(corporation, applicant, cause);
    if (!queued) return { ok: false, reason: 'too-many-applications' };
    return { ok: true, accountId: null, ...queued };
  }
}
