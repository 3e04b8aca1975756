import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import { Account } from '../../identity/account.entity.js';
import { Passwords } from './passwords.js';

@Injectable()
export class CompromisedPasswords {
  constructor(
    private readonly em: EntityManager,
    private readonly passwords: Passwords,
  ) {}

  /**
   * Replaces, in the caller's transaction, a password that was chosen since a mailbox was exchanged,
   * or has no factor beside it any more since, by one that nobody knows: the reader of that mailbox
   * may have done it. The owner sets the next one by a recovery.
   */
  async endThoseSince(accountId: string, moment: Date): Promise<void> {
    const chosen = await this.em.count(AuditEntry, {
      accountId,
      at: { $gte: moment },
      act: { $in: ['password-reset', 'password-change', 'second-factor-removal'] },
      reason: 'done',
    });
    if (chosen === 0) return;
    await this.end(accountId);
  }

  /** Whoever knows the password may be somebody else. */
  async end(accountId: string): Promise<void> {
    const passwordHash = this.passwords.unmatchable;
    await this.em.nativeUpdate(Account, { id: accountId }, { passwordHash });
  }
}
