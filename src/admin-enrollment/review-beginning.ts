import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DeskCases } from '../cases/desk-cases.js';
import { Config } from '../config.js';
import { openIfPossible, Seal } from '../seal.js';
import type { Applicant, Cause } from './applicant.js';
import type { Enrollment } from './enrollment.entity.js';
import { ReviewNotices } from './review-notices.js';
import { Witness } from './witness.entity.js';

export type SealedDetails = Applicant & { language: Cause['language'] };

/** How an application comes to the desk's review, with its details sealed until the decision. */
@Injectable()
export class ReviewBeginning {
  readonly #seal: Seal;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly cases: DeskCases,
    private readonly notices: ReviewNotices,
  ) {
    this.#seal = new Seal(config.keysFor('review'));
  }

  /** In the caller's transaction. The company of the enrollment is set where both numbers are its own. */
  async begin(enrollment: Enrollment, details: SealedDetails): Promise<void> {
    enrollment.wait('review', this.#seal.seal(details));
    await this.em.flush();
    const { id: subject, caseNumber, corporation } = enrollment;
    const asker = { name: '', corporationName: '', email: details.email };
    await this.cases.open({
      kind: 'review',
      subject,
      caseNumber,
      asker,
      corporationId: corporation?.id,
    });
    for (const { account } of await this.#objectors(enrollment))
      await this.cases.heard(subject, { kind: 'objection', account });
    await this.notices.tellDesk(enrollment);
  }

  /** Before the proof of the mailbox, when it was no case of the desk. */
  #objectors({ id: enrollment }: Enrollment): Promise<Witness[]> {
    const objected = { enrollment, objectedAt: { $ne: null } };
    return this.em.find(Witness, objected, { populate: ['account'] });
  }

  /** Undefined when the key that sealed them is gone. */
  detailsOf({ sealedDetails }: Enrollment): SealedDetails | undefined {
    return openIfPossible<SealedDetails>(this.#seal, sealedDetails!);
  }
}
