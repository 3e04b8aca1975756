import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { emailKey } from '../identity/login-id.js';
import { Audit } from '../audit/audit.js';
import { inTransaction } from '../database/transaction.js';
import { Jobs } from '../jobs/jobs.js';
import { MailLimits } from '../mail/mail-limits.js';
import type { Visit } from '../web/visit.js';
import { RecoveryTickets } from './recovery-tickets.js';

export type RequestedAgain =
  { ok: true; endsAt: Date } | { ok: false; reason: 'mail-too-soon' | 'mail-limit' };

export const FULFIL_RECOVERY = 'fulfil-recovery';

/**
 * What a typed address causes: the same for every address, known or not. Who reads the mailbox is
 * looked up by a job afterwards, so that neither the answer nor its time tells.
 */
@Injectable()
export class RecoveryRequests {
  constructor(
    private readonly em: EntityManager,
    private readonly tickets: RecoveryTickets,
    private readonly jobs: Jobs,
    private readonly limits: MailLimits,
    private readonly audit: Audit,
  ) {}

  /** Beyond the limits nothing is sent, and the answer stays the same. @returns until when a link would work */
  async request(email: string, visit: Visit): Promise<Date> {
    if (await this.limits.take(email, visit)) return this.accept(email, visit);
    await this.audit.record({ act: 'password-reset-request', reason: 'mail-limit', visit });
    return this.tickets.deadline();
  }

  /** Once more, and not within three minutes. */
  async requestAgain(email: string, visit: Visit): Promise<RequestedAgain> {
    const reason = await this.limits.takeAnother(email, visit);
    if (!reason) return { ok: true, endsAt: await this.accept(email, visit) };
    await this.audit.record({ act: 'password-reset-request', reason, visit });
    return { ok: false, reason };
  }

  /** In the caller's transaction, if there is one; for a mailbox whose mails the caller counts. */
  async accept(email: string, visit: Visit): Promise<Date> {
    return inTransaction(this.em, async () => {
      const { id, endsAt } = await this.tickets.request(email);
      await this.jobs.add(FULFIL_RECOVERY, { id, emailKey: emailKey(email) });
      await this.audit.record({ act: 'password-reset-request', reason: 'done', visit });
      return endsAt;
    });
  }
}
