import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Reason } from '../../audit/reasons.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { MailLimits } from '../../mail/mail-limits.js';
import type { Visit } from '../../web/visit.js';
import { ActivationLinks, type Waiting } from './activation-links.js';

export type ActivationSentAgain =
  { ok: true } | { ok: false; reason: 'mail-too-soon' | 'mail-limit' | 'not-waiting' };

/** The activation mail once more, with a new link that replaces the older one. */
@Injectable()
export class ActivationMails {
  constructor(
    private readonly em: EntityManager,
    private readonly links: ActivationLinks,
    private readonly limits: MailLimits,
    private readonly audit: Audit,
  ) {}

  /** @param accountId of a person who proved the password or the mailbox, or just registered */
  async sendAgain(accountId: string, visit: Visit): Promise<ActivationSentAgain> {
    const waiting = await this.links.waiting(accountId);
    if (!waiting) return { ok: false, reason: 'not-waiting' };
    const reason = await this.limits.takeAnother(waiting.email, visit);
    if (reason) {
      await this.#log(reason, waiting, visit);
      return { ok: false, reason };
    }
    const sent = await inTransaction(this.em, () => this.send(accountId, visit));
    return sent ? { ok: true } : { ok: false, reason: 'not-waiting' };
  }

  /**
   * The same in the caller's transaction, for a mailbox whose mails the caller counts.
   * @returns false when the registration is over
   */
  async send(accountId: string, visit?: Visit): Promise<boolean> {
    const before = await this.links.waiting(accountId);
    // Somebody may be taking over the place of a registration that ran out.
    if (before) await holdCorporation(this.em, before.corporationId);
    const waiting = await this.links.waiting(accountId);
    if (!waiting) return false;
    await this.links.send(accountId);
    await this.#log('done', waiting, visit);
    return true;
  }

  async #log(reason: Reason, waiting: Waiting, visit: Visit | undefined): Promise<void> {
    const { accountId, corporationId } = waiting;
    await this.audit.record({ act: 'activation-mail', reason, accountId, corporationId, visit });
  }
}
