import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { Jobs } from '../../jobs/jobs.js';
import { IpAnnouncements } from './ip-announcements.js';
import { TRIAL_END_JOB } from './new-versions.js';

interface Due {
  corporation_id: string;
  /** By the clock that jobs are run by. */
  run_at: Date;
  is_over: boolean;
}

/** Tells the administrators that nobody confirmed. The trial ended without this, at its deadline. */
@Injectable()
export class TrialEnds implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly announcements: IpAnnouncements,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.jobs.register(TRIAL_END_JOB, (payload) => this.tell((payload as { id: string }).id));
  }

  /** Once, however often it runs; before the deadline it puts itself off until then. */
  async tell(id: string): Promise<void> {
    await inTransaction(this.em, async () => {
      const due = await sqlOne<Due>(
        this.em,
        `select corporation_id, trial_ends_at <= genkan_now() as is_over,
                now() + (trial_ends_at - genkan_now()) as run_at from ip_versions
         where id = $1 and confirmed_at is null and ended_at is null and end_told_at is null`,
        [id],
      );
      if (!due) return;
      if (!due.is_over) return this.jobs.add(TRIAL_END_JOB, { id }, { runAt: due.run_at });
      await holdCorporation(this.em, due.corporation_id);
      const told = await sqlOne(
        this.em,
        `update ip_versions set end_told_at = genkan_now()
         where id = $1 and confirmed_at is null and end_told_at is null returning id`,
        [id],
      );
      if (!told) return;
      await this.announcements.ended(due.corporation_id, null);
      await this.audit.record({
        act: 'ip-restriction-ending',
        reason: 'trial-over',
        corporationId: due.corporation_id,
        facts: { version: id },
      });
    });
  }
}
