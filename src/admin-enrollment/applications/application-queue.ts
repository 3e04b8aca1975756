import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { Jobs } from '../../jobs/jobs.js';
import { CaseTurns, OVER, START_QUEUED_JOB, type QueuedDetails } from '../case-turns.js';
import { Enrollment } from '../enrollment.entity.js';
import { CaseStart } from './case-start.js';

/** So many begin in one transaction; the job begins the others. */
const BEGIN_AT_ONCE = 20;

interface Waiting {
  enrollment: Enrollment;
  details: QueuedDetails;
}

/** Applications that wait behind the one that runs. All of them begin when it ends. */
@Injectable()
export class ApplicationQueue implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly starts: CaseStart,
    private readonly turns: CaseTurns,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.jobs.register(START_QUEUED_JOB, () => this.startAll(), '*/5 * * * *');
  }

  /**
   * Begins the company's waiting applications when none runs, in the caller's transaction. They get
   * their links at once, because those that nobody proves must not keep others waiting.
   */
  async startNext(corporationId: string): Promise<void> {
    if (await this.turns.isTaken(corporationId)) return;
    const waiting = await this.em.find(
      Enrollment,
      { corporation: corporationId, state: 'queued' },
      {
        populate: ['corporation'],
        orderBy: [{ mailboxProvedAt: 'asc nulls last' }, { createdAt: 'asc' }],
      },
    );
    const readable = waiting.flatMap((enrollment) => {
      const details = this.turns.detailsOf(enrollment);
      return details ? [{ enrollment, details }] : [];
    });
    for (const one of readable.slice(0, BEGIN_AT_ONCE)) await this.#start(one);
    await this.em.flush();
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

  async #start({ enrollment, details }: Waiting): Promise<void> {
    const { language, ...applicant } = details;
    const { address, browser } = enrollment;
    const cause = { address, browser, language };
    await this.starts.begin(enrollment, applicant, cause);
    const { caseNumber, corporation, account } = enrollment;
    const of = { corporationId: corporation!.id, accountId: account!.id, visit: cause };
    await this.audit.done('succession-application', of, { caseNumber });
  }
}
