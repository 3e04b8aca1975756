import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Account } from '../../identity/account.entity.js';
import { securityReaders } from '../../identity/security-readers.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import { CompromisedPasswords } from '../passwords/compromised-passwords.js';
import { AccountAccess } from '../sign-in/account-access.js';
import { FactorChanges } from './factor-changes.js';
import { Passkey } from './passkey.entity.js';
import { RecoveryCode } from './recovery-code.entity.js';
import { TotpSecret } from './totp-secret.entity.js';

/**
 * Takes an account out of the hands of somebody who knows its password and may have set up its second
 * factor: both are gone, and the owner goes on with a recovery. In the caller's transaction, which
 * holds the account.
 */
@Injectable()
export class FactorClearing {
  constructor(
    private readonly em: EntityManager,
    private readonly changes: FactorChanges,
    private readonly passwords: CompromisedPasswords,
    private readonly access: AccountAccess,
    private readonly mails: OwnAccountMails,
  ) {}

  async clear(account: Account): Promise<void> {
    await this.changes.takeOff(account);
    await this.access.takeBack(account);
    await this.passwords.end(account.id);
  }

  /** The same, told by mail. @param isReported the owner said so; otherwise the desk's removal is over */
  async clearAndTell(account: Account, isReported: boolean): Promise<void> {
    await this.clear(account);
    for (const to of await securityReaders(this.em, account))
      await this.mails.secondFactorCleared(to, isReported);
  }

  /** The factor that was there before stays, without what was added to it since. */
  async clearThoseSince(account: Account, moment: Date): Promise<void> {
    if (await this.em.count(TotpSecret, { account, createdAt: { $gte: moment } }))
      return this.clear(account);
    const added = { account, createdAt: { $gte: moment } };
    await this.em.nativeDelete(Passkey, added);
    await this.em.nativeDelete(RecoveryCode, added);
  }
}
