import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { Config } from '../../config.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Jobs } from '../../jobs/jobs.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import { Seal } from '../../seal.js';
import type { Applicant, Cause } from '../applicant.js';
import {
  Enrollment,
  type CaseStage,
  type CaseState,
  type EnrollmentKind,
} from '../enrollment.entity.js';
import { removeUnstarted } from '../registered-account.js';
import { CaseStart } from './case-start.js';

const AT_DESK: CaseState = 'objected';

type Sealed = Applicant & { language: Cause['language'] };

/** One succession of a company runs at a time; the others wait behind it, their details sealed. */
@Injectable()
export class ApplicationQueue implements OnModuleInit {
  readonly #seal: Seal;
  readonly #log = new Logger(ApplicationQueue.name);

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly starts: CaseStart,
    private readonly mails: EnrollmentMails,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {
    this.#seal = new Seal(config.keyFor('application-queue'));
  }

  onModuleInit(): void {
    this.jobs.register('start-queued-applications', () => this.startAll(), '*/5 * * * *');
  }

  /** Queues an application in the caller's transaction, with its mail. */
  async add(enrollment: Enrollment, applicant: Applicant, { language }: Cause): Promise<void> {
    enrollment.sealedDetails = this.#seal.seal({ ...applicant, language });
    await this.em.flush();
    const { name, email } = applicant;
    const to = { name, email, language, corporationName: enrollment.corporation!.name };
    await this.mails.applicationQueued(to, enrollment.caseNumber);
  }

  /** True when a new application has to wait. Ask under the company's held row. */
  async isBlocked(corporationId: string): Promise<boolean> {
    const running: CaseState[] = ['awaiting-activation', 'running'];
    const isBlocking = [{ kind: 'succession' as const, state: running }, { state: AT_DESK }];
    return (await this.em.count(Enrollment, { corporation: corporationId, $or: isBlocking })) > 0;
  }

  /** Starts the company's oldest waiting application when none runs, in the caller's transaction. */
  async startNext(corporationId: string): Promise<void> {
    await this.em.flush();
    await this.#closeOver(corporationId);
    if (await this.isBlocked(corporationId)) return;
    const next = await this.#next(corporationId);
    if (!next) return;
    const { enrollment, details } = next;
    const { language, ...applicant } = details;
    const cause = { address: enrollment.address, language };
    await this.starts.begin(enrollment, applicant, cause);
    await this.audit.record({
      act: 'succession-application',
      reason: 'done',
      corporationId,
      accountId: enrollment.account!.id,
      facts: { caseNumber: enrollment.caseNumber },
      visit: cause,
    });
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

  /** Writes down what time decided. */
  async #closeOver(corporation: string): Promise<void> {
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

  /** The one that waits longest; whatever cannot be read any more is closed. */
  async #next(
    corporation: string,
  ): Promise<{ enrollment: Enrollment; details: Sealed } | undefined> {
    const waiting = await this.em.find(
      Enrollment,
      { corporation, state: 'queued' },
      { populate: ['corporation'], orderBy: { createdAt: 'asc' } },
    );
    for (const enrollment of waiting) {
      const details = this.#unsealed(enrollment.sealedDetails!);
      if (details) return { enrollment, details };
      enrollment.expire(await databaseNow(this.em));
    }
    await this.em.flush();
    return undefined;
  }

  /** Undefined for what was sealed under a secret that was exchanged since. */
  #unsealed(details: Buffer | Uint8Array): Sealed | undefined {
    try {
      return this.#seal.open<Sealed>(Buffer.from(details));
    } catch {
      this.#log.warn('a waiting application cannot be read with this SECRET_KEY and is closed');
      return undefined;
    }
  }
}

/** Cases that time alone ended. An unproved registration stays until somebody else registers. */
const OVER: { kind?: EnrollmentKind; state: CaseState; stage: CaseStage }[] = [
  { state: 'running', stage: 'completed' },
  { kind: 'succession', state: 'awaiting-activation', stage: 'expired' },
];
