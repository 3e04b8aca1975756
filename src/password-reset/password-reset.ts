import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { AccountAccess } from '../auth/account-access.js';
import type { TicketRefusal } from '../auth/tickets.js';
import { sql, sqlOne, databaseNow } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { Mails, type Addressee } from '../mail/mails.js';
import type { Visit } from '../web/visit.js';
import type { RecoveryRun } from './recovery-flow.js';
import { RecoveryTickets, type LiveRecovery } from './recovery-tickets.js';

/** An ID that the reader of a mailbox may recover. */
export interface Recoverable extends Addressee {
  accountId: string;
  corporationId: string;
  loginId: string;
}

export type Reset = { ok: true; loginId: string } | { ok: false; reason: TicketRefusal };

/** The end of a recovery: link, mailbox and numbers were proved, and a new password is set. */
@Injectable()
export class PasswordReset {
  constructor(
    private readonly em: EntityManager,
    private readonly tickets: RecoveryTickets,
    private readonly access: AccountAccess,
    private readonly mails: Mails,
    private readonly audit: Audit,
  ) {}

  /** The IDs of one company that belong to the mailbox; nothing of another company. */
  async recoverable(recovery: LiveRecovery, corporationId: string): Promise<Recoverable[]> {
    return sql<Recoverable>(
      this.em,
      `select a.id as "accountId", c.id as "corporationId", c.name as "corporationName", a.name, a.email, a.language,
              a.login_id as "loginId"
       from accounts a join corporations c on c.id = a.corporation_id
       where c.id = $1 and c.state = 'active' and a.email_key = $2 and a.state in ('active', 'suspended')
       order by a.login_id_key`,
      [corporationId, recovery.emailKey],
    );
  }

  /** The ID that a run is about; undefined when it no longer can be recovered. */
  async chosen(recovery: LiveRecovery, { entries }: RecoveryRun): Promise<Recoverable | undefined> {
    const accounts = await this.recoverable(recovery, entries.corporation!.id);
    return accounts.find(({ accountId }) => accountId === entries.accountId);
  }

  /**
   * Sets the new password and ends, before anybody hears of it, whatever the old one opened: sessions,
   * known browsers, half-finished sign-ins, waiting times. Of parallel callers one succeeds.
   */
  async complete(
    recoveryId: string,
    accountId: string,
    passwordHash: string,
    visit: Visit,
  ): Promise<Reset> {
    return inTransaction<Reset>(this.em, async () => {
      const used = await this.tickets.use(recoveryId);
      if (!used.ok) {
        await this.audit.record({ act: 'password-reset', reason: used.reason, accountId, visit });
        return used;
      }
      const account = await this.#setPassword(accountId, passwordHash);
      if (!account) return { ok: false, reason: 'ticket-unknown' };
      await this.access.endAllOf(accountId, account.loginId);
      const at = await databaseNow(this.em);
      await this.mails.recovered(account, { loginId: account.loginId, at, address: visit.address });
      const { corporationId } = account;
      await this.audit.record({
        act: 'password-reset',
        reason: 'done',
        accountId,
        corporationId,
        visit,
      });
      return { ok: true, loginId: account.loginId };
    });
  }

  /** A suspended account stays suspended; one that was deleted meanwhile gets no password. */
  #setPassword(accountId: string, passwordHash: string): Promise<Recoverable | undefined> {
    return sqlOne<Recoverable>(
      this.em,
      `update accounts a set password_hash = $2, failures_since_sign_in = 0
       from corporations c
       where a.id = $1 and c.id = a.corporation_id and a.state in ('active', 'suspended')
       returning a.id as "accountId", c.id as "corporationId", c.name as "corporationName", a.name, a.email,
                 a.language, a.login_id as "loginId"`,
      [accountId, passwordHash],
    );
  }
}
