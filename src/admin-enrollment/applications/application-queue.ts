import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { holdCorporation, isClosed } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { Jobs } from '../../jobs/jobs.js';
import { CaseTurns, OVER, START_QUEUED_JOB } from '../case-turns.js';
import { Enrollment } from '../enrollment.entity.js';
import { CaseStart } from './case-start.js';

/**
 * Applications that the desk let begin, behind the one that runs. They begin one after the other, in
 * the order of the desk's words.
 */
@Injectable()
export class ApplicationQueue implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly starts: CaseStart,
    private readonly turns: CaseTurns,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register(START_QUEUED_JOB, () => this.startAll(), '*/5 * * * *');
  }

  /**
   * Begins the company's first waiting application when none runs, in the caller's transaction. It
   * has a day to prove its mailbox.
   */
  async startNext(corporationId: string): Promise<void> {
    if (await isClosed(this.em, corporationId)) return;
    if (await this.turns.isTaken(corporationId)) return;
    const waiting = await this.em.find(
      Enrollment,
      { corporation: corporationId, state: 'queued' },
      {
        populate: ['corporation'],
        orderBy: [{ grantedAt: 'asc nulls first' }, { createdAt: 'asc' }],
      },
    );
    for (const enrollment of waiting) {
      const details = this.turns.detailsOf(enrollment);
      if (!details) continue;
      const { language, ...applicant } = details;
      const { address, browser } = enrollment;
      const cause = { address, browser, language };
      await this.starts.begin(enrollment, applicant, cause, { mayChooseLoginId: true });
      return this.em.flush();
    }
  }

  /** The same for every company where something ended by time alone, or waits for that. */
  async startAll(): Promise<void> {
    const waiting = await this.em.find(
      Enrollment,
      { $or: [{ state: 'queued' }, ...OVER] },
      { fields: ['corporation'] },
    );
    for (const id of new Set(waiting.map(({ corporation }) => corporation!.id)))
      await inTransaction(this.em, async () => {
        await holdCorporation(this.em, id);
        await this.startNext(id);
      });
  }
}
