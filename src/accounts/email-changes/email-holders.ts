import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccountAccess } from '../../auth/account-access.js';
import { CompromisedPasswords } from '../../auth/compromised-passwords.js';
import { Tickets } from '../../auth/tickets.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { sql, sqlOne } from '../../database/sql.js';
import { emailKey } from '../../identity/login-id.js';
import type { Addressee } from '../../mail/mails.js';
import { RecoveryTickets } from '../../password-reset/recovery-tickets.js';
import type { Person, Visit } from '../../web/visit.js';

/** An account with what its mail address is part of. */
export interface EmailHolder extends Addressee {
  accountId: string;
  corporationId: string;
  nameKana: string;
  loginId: string;
}

/** The accounts whose mail address can be changed: those whose registration is finished. */
@Injectable()
export class EmailHolders {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccountAccess,
    private readonly recoveries: RecoveryTickets,
    private readonly tickets: Tickets,
    private readonly compromisedPasswords: CompromisedPasswords,
  ) {}

  /**
   * Holds the account's row until the end of the caller's transaction.
   * @param corporationId absent where a link, and no signed-in person, names the account
   */
  hold(accountId: string, corporationId?: string): Promise<EmailHolder | undefined> {
    return sqlOne<EmailHolder>(
      this.em,
      `select a.id as "accountId", a.corporation_id as "corporationId", c.name as "corporationName",
              a.name, a.name_kana as "nameKana", a.login_id as "loginId", a.email, a.language
       from accounts a join corporations c on c.id = a.corporation_id
       where a.id = $1 and ($2::uuid is null or a.corporation_id = $2)
         and a.state in ('active', 'suspended')
       for no key update of a`,
      [accountId, corporationId ?? null],
    );
  }

  /**
   * The same for what an administrator does to somebody of the company.
   * @throws ForbiddenException when the administrator is none any more
   */
  async holdFor(
    administrator: Pick<Person, 'accountId' | 'corporationId'>,
    accountId: string,
  ): Promise<EmailHolder | undefined> {
    await holdForAdministrator(this.em, administrator);
    return this.hold(accountId, administrator.corporationId);
  }

  /**
   * From now on mail for the account goes there, in the caller's transaction. What was opened before,
   * and what the former mailbox could open, ends.
   * @param visit the account's own request, whose session stays
   */
  async move(holder: EmailHolder, email: string, visit?: Visit): Promise<void> {
    const { accountId } = holder;
    await sql(this.em, 'update accounts set email = $2, email_key = $3 where id = $1', [
      accountId,
      email,
      emailKey(email),
    ]);
    await this.access.endSessionsOf(accountId, visit);
    await this.recoveries.replace(holder.email);
    await this.tickets.replace('sign-in-report', accountId);
  }

  /** The account's mail goes where it went before; what the other mailbox opened since then ends. */
  async moveBack(holder: EmailHolder, email: string, movedAt: Date): Promise<void> {
    await this.move(holder, email);
    await this.compromisedPasswords.endThoseSince(holder.accountId, movedAt);
  }
}
