import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DeskCases } from '../cases/desk-cases.js';
import { Config } from '../config.js';
import { inTransaction } from '../database/transaction.js';
import { HOUR_SECONDS } from '../durations.js';
import { Jobs } from '../jobs/jobs.js';
import { Limits } from '../limits/limits.js';
import { Mails } from '../mail/mails.js';
import { openIfPossible, Seal } from '../seal.js';
import type { SealedDetails } from './applicant.js';
import { Enrollment } from './enrollment.entity.js';
import { Witness } from './witness.entity.js';

const TELL_DESK = 'tell-desk-of-review';
const LIST = 'genkan review list';

/** How an application comes to the desk's review, with its details sealed until the decision. */
@Injectable()
export class ReviewBeginning implements OnModuleInit {
  readonly #seal: Seal;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly cases: DeskCases,
    private readonly jobs: Jobs,
    private readonly limits: Limits,
    private readonly mails: Mails,
  ) {
    this.#seal = new Seal(config.keysFor('review'));
  }

  onModuleInit(): void {
    this.jobs.register(TELL_DESK, (payload) => this.#tellDesk((payload as { id: string }).id));
  }

  /** In the caller's transaction. The company of the enrollment is set where both numbers are its own. */
  async begin(enrollment: Enrollment, details: SealedDetails): Promise<void> {
    enrollment.wait('review', this.#seal.seal(details));
    await this.em.flush();
    const { id: subject, caseNumber, corporation } = enrollment;
    const { email, nameKana: kana, loginId: login } = details;
    const asker = { name: '', corporationName: '', email, kana, login };
    await this.cases.open({
      kind: 'review',
      subject,
      caseNumber,
      asker,
      corporationId: corporation?.id,
    });
    for (const { account } of await this.#objectors(enrollment))
      await this.cases.heard(subject, { kind: 'objection', account });
    // A job looks at the numbers, so that the answer's time tells nothing.
    await this.jobs.add(TELL_DESK, { id: subject });
  }

  /** Before the proof of the mailbox, when it was no case of the desk. */
  #objectors({ id: enrollment }: Enrollment): Promise<Witness[]> {
    const objected = { enrollment, objectedAt: { $ne: null } };
    return this.em.find(Witness, objected, { populate: ['account'] });
  }

  /**
   * One mail an hour for right pairs of numbers and one for others, however many come, and one when
   * nothing waited before.
   */
  async #tellDesk(id: string): Promise<void> {
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

  /** Undefined when the key that sealed them is gone. */
  detailsOf({ sealedDetails }: Enrollment): SealedDetails | undefined {
    return openIfPossible<SealedDetails>(this.#seal, sealedDetails!);
  }
}
