import { EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../config.js';
import { databaseNow } from '../database/clock.js';
import { Jobs } from '../jobs/jobs.js';
import { EnrollmentMails } from '../mail/enrollment-mails.js';
import { openIfPossible, Seal } from '../seal.js';
import type { Applicant, Cause } from './applicant.js';
import {
  Enrollment,
  type CaseStage,
  type CaseState,
  type EnrollmentKind,
} from './enrollment.entity.js';
import { removeUnstarted } from './registered-account.js';

export const START_QUEUED_JOB = 'start-queued-applications';

export type QueuedDetails = Applicant & Pick<Cause, 'language'>;

/** Cases that time alone ended. Unproved registrations: AbandonedRegistrations. */
export const OVER: { kind?: EnrollmentKind; state: CaseState; stage: CaseStage }[] = [
  { state: 'running', stage: 'completed' },
  { kind: 'succession', state: 'awaiting-activation', stage: 'expired' },
];

/**
 * One succession of a company runs at a time. An application whose mailbox is not proved runs not
 * yet, so others do not wait for it. Ask under the company's held row.
 */
@Injectable()
export class CaseTurns {
  readonly #seal: Seal;
  readonly #log = new Logger(CaseTurns.name);

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly mails: EnrollmentMails,
    private readonly jobs: Jobs,
  ) {
    this.#seal = new Seal(config.keysFor('application-queue'));
  }

  /** True when the next one has to wait; what time ended is written down first. */
  async isTaken(corporation: string): Promise<boolean> {
    await this.#closeOver(corporation);
    const isTaking = [
      { kind: 'succession' as const, state: 'running' as const },
      { state: 'objected' as const },
    ];
    return (await this.em.count(Enrollment, { corporation, $or: isTaking })) > 0;
  }

  /** The same without writing anything down. */
  async isTakenNow(corporation: string): Promise<boolean> {
    const isTaking: FilterQuery<Enrollment>[] = [
      { kind: 'succession', stage: ['held', 'probation'] },
      { state: 'objected' },
    ];
    return (await this.em.count(Enrollment, { corporation, $or: isTaking })) > 0;
  }

  /** Lets an application wait, in the caller's transaction, with its mail. */
  async wait(enrollment: Enrollment, details: QueuedDetails): Promise<void> {
    enrollment.wait('queued', this.#seal.seal(details));
    await this.em.flush();
    const { name, email, language } = details;
    const to = { name, email, language, corporationName: enrollment.corporation!.name };
    await this.mails.applicationQueued(to, enrollment.caseNumber);
  }

  /** Undefined for what was sealed under a secret that this process does not have, or nobody any more. */
  detailsOf({ sealedDetails }: Enrollment): QueuedDetails | undefined {
    const details = openIfPossible<QueuedDetails>(this.#seal, sealedDetails!);
    if (!details)
      this.#log.warn(
        'a waiting application cannot be read with this SECRET_KEY, and goes on waiting',
      );
    return details;
  }

  /** A case ended: those that wait begin as soon as the caller's transaction is committed. */
  async callNext(): Promise<void> {
    await this.jobs.add(START_QUEUED_JOB, {}, { key: START_QUEUED_JOB });
  }

  async #closeOver(corporation: string): Promise<void> {
    await this.em.flush();
    const now = await databaseNow(this.em);
    const over = await this.em.find(
      Enrollment,
      { corporation, $or: OVER },
      { populate: ['account'], refresh: true },
    );
    for (const enrollment of over) {
      if (enrollment.stage === 'completed') enrollment.grant(now);
      else enrollment.expire(now);
      if (enrollment.state === 'expired' && enrollment.account)
        await removeUnstarted(this.em, enrollment.account);
    }
    await this.em.flush();
  }
}
