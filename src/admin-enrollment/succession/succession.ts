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

export type SuccessionRefusal = 'no-administrators' | 'too-many-applications';

export type Applied =
  | { ok: true; enrollmentId: string; accountId: string | null; caseNumber: string }
  | { ok: false; reason: SuccessionRefusal };

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
    private readonly audit: Audit,
  ) {}

  /** Why nobody can succeed at this company: without administrators, one registers as the first. */
  async obstacle(corporationId: string): Promise<'no-administrators' | undefined> {
    const found = await sqlOne(
      this.em,
      'select from usable_administrators where corporation_id = $1 limit 1',
      [corporationId],
    );
    return found ? undefined : 'no-administrators';
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
    if (await this.obstacle(corporation.id)) return { ok: false, reason: 'no-administrators' };
    await closeOver(this.em, corporation.id);
    const isBusy = await isRunning(this.em, corporation.id);
    if (!isBusy) {
      const started = await this.starts.start(corporation, applicant, cause);
      return { ok: true, ...started };
    }
    const queued = await this.queue.add(corporation, applicant, cause);
    if (!queued) return { ok: false, reason: 'too-many-applications' };
    return { ok: true, accountId: null, ...queued };
  }
}
