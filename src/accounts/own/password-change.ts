import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { MailboxRecoveries } from '../../auth/mailed-links/mailbox-recoveries.js';
import { holdSignedIn } from '../../auth/sessions/hold-signed-in.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AccountAccess } from '../../auth/sign-in/account-access.js';
import type { ProvenCredentials } from '../../auth/sign-in/credentials.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { securityReaders } from '../../identity/security-readers.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';

@Injectable()
export class PasswordChange {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccountAccess,
    private readonly recoveries: MailboxRecoveries,
    private readonly mails: OwnAccountMails,
    private readonly audit: Audit,
  ) {}

  /**
   * Sets it and ends, before anybody hears of it, whatever the old one opened but this session.
   * @returns false when the password was changed since the current one was checked
   */
  async change(
    account: Account,
    { passwordHash: current }: ProvenCredentials,
    passwordHash: string,
    person: SignedIn,
  ): Promise<boolean> {
    const { id, email } = account;
    const { visit } = person;
    return inTransaction(this.em, async () => {
      const time = await holdSignedIn(this.em, person);
      const unchanged = { id, passwordHash: current };
      const changed = await this.em.nativeUpdate(Account, unchanged, { passwordHash });
      const reason = changed > 0 ? 'done' : 'changed-meanwhile';
      await this.audit.record('password-change', reason, person);
      if (reason !== 'done') return false;
      await this.access.keepOnly(id, visit);
      await this.recoveries.end(email);
      for (const to of await securityReaders(this.em, account))
        await this.mails.passwordChanged(to, { time, address: visit.address });
      return true;
    });
  }
}
