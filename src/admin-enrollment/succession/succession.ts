import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import type { ProvenCorporation } from '../../corporations/invoice-proof.js';
import { sql, sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { removeUnstarted } from '../registered-account.js';
import type { Cause } from '../registration.js';
import type { Applicant } from '../wizard/applicants.js';
import type { Visit } from '../../web/visit.js';
import { ApplicationQueue } from './application-queue.js';
import { findCase, type CaseFacts, type Stage } from './case-facts.js';
import { isRunning } from './running-cases.js';
import { SuccessionStart } from './succession-start.js';
import { WaitingApplications } from './waiting-applications.js';

export type SuccessionRefusal = 'no-administrators' | 'too-many-applications';

export type Applied =
  | { ok: true; enrollmentId: string; accountId: string | null; caseNumber: string }
  | { ok: false; reason: SuccessionRefusal };

const APPLICATIONS_A_DAY = 5;
const LONGEST_QUEUE = 5;
const WITHDRAWABLE: Stage[] = ['queued', 'awaiting-activation', 'held'];

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
   * and each application writes to all administrators, so only so many are made in a day, or wait.
   * Those that the desk dismissed do not count.
   */
  async obstacle(corporationId: string): Promise<SuccessionRefusal | undefined> {
    const found = await sqlOne<{ administrators: boolean; today: number; waiting: number }>(
      this.em,
      `select exists (select from usable_administrators where corporation_id = $1) as administrators,
              count(*) filter (where created_at > genkan_now() - interval '1 day')::int as today,
              count(*) filter (where state = 'queued')::int as waiting
       from enrollments
       where corporation_id = $1 and kind = 'succession' and state not in ('review', 'refused')`,
      [corporationId],
    );
    const { administrators, today, waiting } = found!;
    if (!administrators) return 'no-administrators';
    const isTooMuch = today >= APPLICATIONS_A_DAY || waiting >= LONGEST_QUEUE;
    return isTooMuch ? 'too-many-applications' : undefined;
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
    const found = await findCase(this.em, 'e.id', enrollmentId);
    if (!found) return false;
    const { caseNumber, corporationId } = found;
    return inTransaction(this.em, async () => {
      await holdCorporation(this.em, corporationId);
      const facts = (await findCase(this.em, 'e.id', enrollmentId))!;
      const isOpen = WITHDRAWABLE.includes(facts.stage);
      if (isOpen) await this.#withdraw(facts);
      const reason = isOpen ? 'done' : 'case-over';
      const entry = { act: 'succession-withdrawal', reason, corporationId, visit } as const;
      await this.audit.record({ ...entry, facts: { caseNumber } });
      if (isOpen) await this.queue.startNext(corporationId);
      return isOpen;
    });
  }

  async #withdraw(facts: CaseFacts): Promise<void> {
    await sql(
      this.em,
      `update enrollments set state = 'withdrawn', decided_at = genkan_now(), sealed_details = null
       where id = $1`,
      [facts.id],
    );
    if (facts.accountId) await removeUnstarted(this.em, facts.accountId);
    if (facts.stage !== 'queued') await this.starts.tellWithdrawn(facts);
  }

  async #apply(
    corporation: ProvenCorporation,
    applicant: Applicant,
    cause: Cause,
  ): Promise<Applied> {
    const obstacle = await this.obstacle(corporation.id);
    if (obstacle) return { ok: false, reason: obstacle };
    // Whoever waits comes first, also when the one before ended by time alone a moment ago.
    await this.queue.startNext(corporation.id);
    if (await isRunning(this.em, corporation.id))
      return {
        ok: true,
        accountId: null,
        ...(await this.waiting.add(corporation, applicant, cause)),
      };
    return { ok: true, ...(await this.starts.start(corporation, applicant, cause)) };
  }
}
