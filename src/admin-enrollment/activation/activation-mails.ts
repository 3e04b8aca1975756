import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Reason } from '../../audit/reasons.js';
import { Tickets } from '../../auth/tickets.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { MailLimits } from '../../mail/mail-limits.js';
import { Mails, type Addressee } from '../../mail/mails.js';
import type { Visit } from '../../web/visit.js';
import { ACTIVATION_HOURS } from '../registration.js';

export type SentAgain =
  { ok: true } | { ok: false; reason: 'mail-too-soon' | 'mail-limit' | 'not-waiting' };

type Waiting = Addressee & { accountId: string; corporationId: string; loginId: string };

/** The activation mail once more, with a new link that replaces the older one. */
@Injectable()
export class ActivationMails {
  constructor(
    private readonly em: EntityManager,
    private readonly tickets: Tickets,
    private readonly mails: Mails,
    private readonly limits: MailLimits,
    private readonly audit: Audit,
  ) {}

  /** @param accountId of a person who proved the password or the mailbox, or just registered */
  async sendAgain(accountId: string, visit: Visit): Promise<SentAgain> {
    const waiting = await this.#find(accountId);
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
    const before = await this.#find(accountId);
    // Somebody may be taking over the place of a registration that ran out.
    if (before) await holdCorporation(this.em, before.corporationId);
    const waiting = await this.#find(accountId);
    if (!waiting) return false;
    const { loginId } = waiting;
    const link = await this.tickets.issue('activation', accountId, ACTIVATION_HOURS);
    await this.mails.activation(waiting, { loginId, ...link });
    await this.#log('done', waiting, visit);
    return true;
  }

  /** Until when the account's link works; undefined without one that does. */
  async deadlineOf(accountId: string): Promise<Date | undefined> {
    const found = await sqlOne<{ ends_at: Date }>(
      this.em,
      `select ends_at from tickets where account_id = $1 and purpose = 'activation'
         and used_at is null and replaced_at is null and ends_at > genkan_now()`,
      [accountId],
    );
    return found?.ends_at;
  }

  async #log(reason: Reason, waiting: Waiting, visit: Visit | undefined): Promise<void> {
    const { accountId, corporationId } = waiting;
    await this.audit.record({ act: 'activation-mail', reason, accountId, corporationId, visit });
  }

  async #find(accountId: string): Promise<Waiting | undefined> {
    return sqlOne<Waiting>(
      this.em,
      `select a.id as "accountId", a.corporation_id as "corporationId", c.name as "corporationName",
              a.name, a.email, a.language, a.login_id as "loginId"
       from accounts a join corporations c on c.id = a.corporation_id
       where a.id = $1 and a.state = 'registered'`,
      [accountId],
    );
  }
}
