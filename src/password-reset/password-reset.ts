import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { AccountAccess } from '../auth/account-access.js';
import type { LinkRefusal } from '../auth/tickets.js';
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

export type Reset =
  { ok: true; loginId: string; deviceCookie: string } | { ok: false; reason: LinkRefusal };

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
      `select ${RECOVERABLE}
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
    recovery: LiveRecovery,
    accountId: string,
    passwordHash: string,
    visit: Visit,
  ): Promise<Reset> {
    return inTransaction<Reset>(this.em, async () => {
      const account = await this.#hold(accountId, recovery);
      const used = account ? await this.tickets.use(recovery.id) : UNKNOWN;
      const reason = used.ok ? 'done' : used.reason;
      const corporationId = account?.corporationId;
      await this.audit.record({ act: 'password-reset', reason, accountId, corporationId, visit });
      if (!account || !used.ok)
        return { ok: false, reason: used.ok ? UNKNOWN.reason : used.reason };
      await this.#setPassword(accountId, passwordHash);
      const deviceCookie = await this.access.endAllOf(accountId, account.loginId);
      const at = await databaseNow(this.em);
      const { loginId } = account;
      await this.mails.recovered(account, { loginId, at, address: visit.address });
      return { ok: true, loginId, deviceCookie };
    });
  }

  /** The account, as long as it is there and its mailbox is still the one that was proved. */
  #hold(accountId: string, { emailKey }: LiveRecovery): Promise<Recoverable | undefined> {
    return sqlOne<Recoverable>(
      this.em,
      `select ${RECOVERABLE}
       from accounts a join corporations c on c.id = a.corporation_id
       where a.id = $1 and a.email_key = $2 and a.state in ('active', 'suspended')
         and c.state = 'active'
       for no key update of a`,
      [accountId, emailKey],
    );
  }

  /** A suspended account stays suspended. */
  async #setPassword(accountId: string, passwordHash: string): Promise<void> {
    await sql(
      this.em,
      'update accounts set password_hash = $2, failures_since_sign_in = 0 where id = $1',
      [accountId, passwordHash],
    );
  }
}

const UNKNOWN = { ok: false, reason: 'link-unknown' } as const;

const RECOVERABLE = `
  a.id as "accountId", c.id as "corporationId", c.name as "corporationName", a.name, a.email,
  a.language, a.login_id as "loginId"`;
