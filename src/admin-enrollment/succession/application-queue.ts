import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { sql } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { Jobs } from '../../jobs/jobs.js';
import { closeOver, isRunning } from './running-cases.js';
import { SuccessionStart } from './succession-start.js';
import { WaitingApplications } from './waiting-applications.js';

/** One application of a company runs at a time: whose turn it is when the one before it ends. */
@Injectable()
export class ApplicationQueue implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly waiting: WaitingApplications,
    private readonly starts: SuccessionStart,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.jobs.register('start-queued-applications', () => this.startAll(), '*/5 * * * *');
  }

  /** Starts the company's oldest waiting application when none runs, in the caller's transaction. */
  async startNext(corporationId: string): Promise<void> {
    await closeOver(this.em, corporationId);
    if (await isRunning(this.em, corporationId)) return;
    const next = await this.waiting.next(corporationId);
    if (!next) return;
    const { corporation, applicant, cause } = next;
    const { accountId, caseNumber } = await this.starts.start(corporation, applicant, cause, next);
    await this.audit.record({
      act: 'succession-application',
      reason: 'done',
      corporationId,
      accountId,
      facts: { caseNumber },
      visit: cause,
    });
  }

  /** The same for every company where something ended by time alone, or waits for that. */
  async startAll(): Promise<void> {
    const companies = await sql<{ id: string }>(
      this.em,
      `select distinct e.corporation_id as id
       from enrollments e join enrollment_stages s on s.id = e.id
       where e.kind = 'succession'
         and (e.state = 'queued' or s.stage = 'expired' and e.state = 'awaiting-activation'
           or s.stage = 'completed' and e.state = 'running')`,
    );
    for (const { id } of companies)
      await inTransaction(this.em, async () => {
        await holdCorporation(this.em, id);
        await this.startNext(id);
      });
  }
}
