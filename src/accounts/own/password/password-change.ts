import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import { AccountAccess } from '../../../auth/account-access.js';
import type { ProvenCredentials } from '../../../auth/credentials.js';
import { databaseNow, sql } from '../../../database/sql.js';
import { inTransaction } from '../../../database/transaction.js';
import { OwnAccountMails } from '../../../mail/own-account-mails.js';
import { Recoveries } from '../../../password-reset/recoveries.js';
import type { Visit } from '../../../web/visit.js';
import type { OwnDetails } from '../own-account.js';

/** Another password, chosen by somebody who knows the current one. */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccountAccess,
    private readonly recoveries: Recoveries,
    private readonly mails: OwnAccountMails,
    private readonly audit: Audit,
  ) {}

  /**
   * Sets it and ends, before anybody hears of it, whatever the old one opened but this session.
   * @returns false when the password was changed since the current one was checked
   */
  async change(
    owner: OwnDetails,
    { passwordHash: current }: ProvenCredentials,
    passwordHash: string,
    visit: Visit,
  ): Promise<boolean> {
    const { accountId, corporationId, email } = owner;
    return inTransaction(this.em, async () => {
      const changed = await sql(
        this.em,
        'update accounts set password_hash = $3 where id = $1 and password_hash = $2 returning id',
        [accountId, current, passwordHash],
      );
      const reason = changed.length > 0 ? 'done' : 'changed-meanwhile';
      const act = 'password-change';
      await this.audit.record({ act, reason, accountId, corporationId, visit });
      if (reason !== 'done') return false;
      await this.access.keepOnly(accountId, visit);
      await this.recoveries.replace(email);
      const at = await databaseNow(this.em);
      await this.mails.passwordChanged(owner, { at, address: visit.address });
      return true;
    });
  }
}
