import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql, sqlOne } from '../database/sql.js';
import { Passwords } from './passwords.js';

/** Passwords that were chosen while somebody else read the account's mail. */
@Injectable()
export class CompromisedPasswords {
  constructor(
    private readonly em: EntityManager,
    private readonly passwords: Passwords,
  ) {}

  /**
   * Ends, in the caller's transaction, a password that was chosen since a mailbox was exchanged: by
   * a recovery, whoever read that mailbox may have set it. Nobody knows the one that stands there
   * then; the owner sets the next one by a recovery.
   */
  async endThoseSince(accountId: string, moment: Date): Promise<void> {
    const chosen = await sqlOne(
      this.em,
      `select from audit_entries where account_id = $1 and at >= $2 and reason = 'done'
         and act in ('password-reset', 'password-change') limit 1`,
      [accountId, moment],
    );
    if (!chosen) return;
    await sql(this.em, 'update accounts set password_hash = $2 where id = $1', [
      accountId,
      this.passwords.unmatchable,
    ]);
  }
}
