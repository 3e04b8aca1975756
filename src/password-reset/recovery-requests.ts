import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ActivationMails } from '../admin-enrollment/activation/activation-mails.js';
import { Audit } from '../audit/audit.js';
import { HourlyCounts } from '../audit/hourly-counts.js';
import { inTransaction } from '../database/transaction.js';
import { Account } from '../identity/account.entity.js';
import { emailKey } from '../identity/login-id.js';
import { Jobs } from '../jobs/jobs.js';
import { MailLimits, strangersMail, type MailRefusal } from '../mail/mail-limits.js';
import { Mails } from '../mail/mails.js';
import type { Visit } from '../web/visit.js';
import { Recoveries } from './recoveries.js';

export type RequestedAgain = { ok: true; endsAt: Date } | { ok: false; reason: MailRefusal };

const FULFIL_RECOVERY = 'fulfil-recovery';
/** Of the newest: strangers may have begun many more with the mailbox. */
const UNFINISHED_AT_MOST = 3;

/**
 * Requests by mail address. Every address gets the same answer, known or not; a job looks up the
 * readers of the mailbox afterwards, so that the answer's time does not tell them apart either.
 */
@Injectable()
export class RecoveryRequests implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly recoveries: Recoveries,
    private readonly jobs: Jobs,
    private readonly limits: MailLimits,
    private readonly activationMails: ActivationMails,
    private readonly mails: Mails,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
  ) {}

  onModuleInit(): void {
    this.jobs.register(FULFIL_RECOVERY, (payload) => {
      const { id, emailKey: mailbox } = payload as { id: string; emailKey: string };
      return this.#fulfil(id, mailbox);
    });
  }

  /** Beyond the limits nothing is sent, and the answer stays the same. @returns until when a link would work */
  async request(email: string, visit: Visit): Promise<Date> {
    const limit = await this.limits.take('recovery', email, strangersMail(visit));
    if (!limit) return this.accept(email, visit);
    this.counts.add('password-reset-request', limit);
    return this.recoveries.deadline();
  }

  /** Once more, and not within three minutes. */
  async requestAgain(email: string, visit: Visit): Promise<RequestedAgain> {
    const reason = await this.limits.takeAnother('recovery', email, strangersMail(visit));
    if (!reason) return { ok: true, endsAt: await this.accept(email, visit) };
    this.counts.add('password-reset-request', reason);
    return { ok: false, reason };
  }

  /** In the caller's transaction, if there is one; for a mailbox whose mails the caller counts. */
  async accept(email: string, visit: Visit): Promise<Date> {
    return inTransaction(this.em, async () => {
      const { id, endsAt } = await this.recoveries.begin(email);
      await this.jobs.add(FULFIL_RECOVERY, { id, emailKey: emailKey(email) });
      await this.audit.done('password-reset-request', { visit });
      return endsAt;
    });
  }

  /**
   * Sends what the readers of the mailbox need: one link for all their IDs, and for registrations
   * that were never finished their activation mail instead. Mail goes to the address as it is
   * stored, never as it was typed.
   */
  async #fulfil(id: string, mailbox: string): Promise<void> {
    await inTransaction(this.em, async () => {
      const owner = await this.#firstOwner(mailbox);
      const link = owner && (await this.recoveries.arm(id, mailbox));
      if (link) {
        const { email, language, id: accountId } = owner;
        await this.mails.recovery({ email, language, accountId }, link);
      }
      for (const { id: accountId } of await this.#unfinished(mailbox))
        await this.activationMails.send(accountId);
    });
  }

  #firstOwner(emailKey: string): Promise<Account | null> {
    const state = ['active' as const, 'suspended' as const];
    const proved = { emailKey, state, corporation: { state: 'active' as const } };
    return this.em.findOne(Account, proved, { orderBy: { createdAt: 'asc' } });
  }

  #unfinished(emailKey: string): Promise<Account[]> {
    const registered = { state: 'registered', corporation: { state: 'active' } } as const;
    return this.em.find(
      Account,
      { emailKey, ...registered },
      { orderBy: { createdAt: 'desc' }, limit: UNFINISHED_AT_MOST },
    );
  }
}
