import { EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../config.js';
import { before, databaseNow } from '../database/clock.js';
import { Jobs } from '../jobs/jobs.js';
import { EnrollmentMails } from '../mail/enrollment-mails.js';
import { openIfPossible, Seal } from '../seal.js';
import type { SealedDetails } from './applicant.js';
import {
  Enrollment,
  type CaseStage,
  type CaseState,
  type EnrollmentKind,
} from './enrollment.entity.js';
import { removeUnstarted } from './registered-account.js';

export const START_QUEUED_JOB = 'start-queued-applications';

/** Cases that time alone ended. Unproved registrations: AbandonedRegistrations. */
export const OVER: { kind?: EnrollmentKind; state: CaseState; stage: CaseStage }[] = [
  { state: 'running', stage: 'completed' },
  { kind: 'succession', state: 'awaiting-activation', stage: 'expired' },
];

const ALLOWED = { stage: 'awaiting-activation', grantedAt: { $ne: null } } as const;

/** Who has the turn: an application that the desk let begin has it before the proof of its mailbox. */
const TAKING: FilterQuery<Enrollment>[] = [
  { kind: 'succession', stage: ['held', 'probation'] },
  { kind: 'succession', ...ALLOWED },
  { state: 'objected' },
];

/** For so long after the end of a succession the desk decides whether another one begins. */
const REST = { days: 7 };

/**
 * One application of a company runs at a time, whichever door it came by, and begins by itself where
 * nothing is disputed. One whose mailbox is not proved runs not yet, so others do not wait for it. Ask
 * under the company's held row.
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
    return (await this.em.count(Enrollment, { corporation, $or: TAKING })) > 0;
  }

  /**
   * The numbers of the cases that come before it where the desk lets it begin, or let it, without
   * writing anything down.
   */
  async ahead({ id, corporation, grantedAt }: Enrollment): Promise<string[]> {
    const before = grantedAt ? { grantedAt: { $lt: grantedAt } } : {};
    const queued = { state: 'queued', ...before } as const;
    const others = { corporation: corporation!.id, id: { $ne: id }, $or: [...TAKING, queued] };
    const orderBy = { startedAt: 'asc' } as const;
    const found = await this.em.find(Enrollment, others, { orderBy, refresh: true });
    // Of first registrations that the desk lets begin none waits for another one.
    const isTaken = found.some(({ state, kind }) => state !== 'queued' || kind === 'succession');
    return isTaken ? found.map(({ caseNumber }) => caseNumber) : [];
  }

  /**
   * Why an application whose mailbox is proved does not begin by itself, without writing anything
   * down. Whoever has the company's invoice and many mailboxes would win each race for the next
   * turn, so nobody races: the desk sees all who wait side by side. `in-review` while another one
   * runs, is at the desk or in its review, and for a week after a succession; `queued` where the desk
   * let it begin.
   */
  async obstacle(enrollment: Enrollment): Promise<'in-review' | 'queued' | undefined> {
    const { id, kind, grantedAt } = enrollment;
    const others = { corporation: enrollment.corporation!.id, id: { $ne: id } };
    const isAny = async ($or: FilterQuery<Enrollment>[]) =>
      (await this.em.count(Enrollment, { ...others, $or })) > 0;
    if (grantedAt) return (await isAny(TAKING)) ? 'queued' : undefined;
    const disputing = [...TAKING, { state: 'queued' as const }, ...(await this.#firstHeard(kind))];
    return (await isAny(disputing)) ? 'in-review' : undefined;
  }

  /**
   * Nobody could invite others where nobody administers, so there less sends them to the desk: what
   * came to its review beside a case, and what it let begin, of which the first one wins.
   */
  async #firstHeard(kind: EnrollmentKind): Promise<FilterQuery<Enrollment>[]> {
    const proved = {
      state: 'review',
      mailboxProvedAt: { $ne: null },
      invoiceRefusal: null,
    } as const;
    if (kind === 'initial')
      return [
        { ...proved, applicantEmail: { $ne: null } },
        { kind, ...ALLOWED },
      ];
    const since = before(await databaseNow(this.em), REST);
    return [proved, { kind, activatedAt: { $ne: null }, $or: endedSince(since) }];
  }

  /** Lets an application wait, in the caller's transaction, with its mail. */
  async wait(enrollment: Enrollment, details: SealedDetails): Promise<void> {
    enrollment.wait('queued', this.#seal.seal(details));
    await this.em.flush();
    const { name, email, language } = details;
    const to = { name, email, language, corporationName: enrollment.corporation!.name };
    await this.mails.applicationQueued(to, enrollment.caseNumber);
  }

  /** Undefined for what was sealed under a secret that this process does not have, or nobody any more. */
  detailsOf({ sealedDetails }: Enrollment): SealedDetails | undefined {
    const details = openIfPossible<SealedDetails>(this.#seal, sealedDetails!);
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
      if (enrollment.stage === 'completed') enrollment.grant(enrollment.probationEndsAt ?? now);
      else enrollment.expire(now);
      if (enrollment.state === 'expired' && enrollment.account)
        await removeUnstarted(this.em, enrollment.account);
    }
    await this.em.flush();
  }
}

/** By a decision, or by the time of the probation alone. */
function endedSince(since: Date): FilterQuery<Enrollment>[] {
  return [{ decidedAt: { $gt: since } }, { probationEndsAt: { $gt: since }, decidedAt: null }];
}
