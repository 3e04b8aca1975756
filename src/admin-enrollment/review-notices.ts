import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { inTransaction } from '../database/transaction.js';
import { HOUR_SECONDS } from '../durations.js';
import { Jobs } from '../jobs/jobs.js';
import { Limits } from '../limits/limits.js';
import { Mails } from '../mail/mails.js';
import { Enrollment } from './enrollment.entity.js';

const TELL_DESK = 'tell-desk-of-review';
const LIST = 'genkan review list';

/**
 * Mails to the desk that applications wait: one an hour for right pairs of numbers and one for
 * others, however many come, and one when nothing waited before.
 */
@Injectable()
export class ReviewNotices implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly limits: Limits,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    this.jobs.register(TELL_DESK, (payload) => this.#tell((payload as { id: string }).id));
  }

  /** In the caller's transaction. A job looks at the numbers, so that the answer's time tells nothing. */
  async tellDesk({ id }: Enrollment): Promise<void> {
    await this.jobs.add(TELL_DESK, { id });
  }

  async #tell(id: string): Promise<void> {
    await inTransaction(this.em, async () => {
      const enrollment = await this.em.findOne(Enrollment, { id, state: 'review' });
      if (!enrollment) return;
      const waiting = await this.em.count(Enrollment, { state: 'review' });
      const { corporation, invoiceRefusal } = enrollment;
      const isRight = corporation && invoiceRefusal !== 'invoice-unmatched';
      const key = `review:notice:${isRight ? 'right' : 'wrong'}`;
      const notice = await this.limits.takeUnlessFault({ key, maximum: 1, seconds: HOUR_SECONDS });
      if (!notice.ok && waiting > 1) return;
      await this.mails.reviewForDesk({ caseNumber: enrollment.caseNumber, waiting, command: LIST });
    });
  }
}
