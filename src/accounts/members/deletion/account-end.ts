import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccountAccess } from '../../../auth/account-access.js';
import { Tickets } from '../../../auth/tickets.js';
import { sqlOne } from '../../../database/sql.js';
import { Recoveries } from '../../../password-reset/recoveries.js';

/** What ends together with an account, in the caller's transaction. */
@Injectable()
export class AccountEnd {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccountAccess,
    private readonly tickets: Tickets,
    private readonly recoveries: Recoveries,
  ) {}

  /**
   * Ends sessions, known browsers and unfinished sign-ins and voids one-time links. A recovery under
   * way belongs to the mailbox: it goes on as long as another ID of the mailbox can be recovered.
   */
  async of({ id, email }: { id: string; email: string }): Promise<void> {
    await this.access.endSessionsOf(id);
    await this.tickets.replaceAllOf(id);
    const other = await sqlOne(
      this.em,
      `select from accounts a join accounts gone on gone.email_key = a.email_key
       where gone.id = $1 and a.id <> $1 and a.state in ('active', 'suspended') limit 1`,
      [id],
    );
    if (!other) await this.recoveries.replace(email);
  }
}
