import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Reason } from '../audit/reasons.js';
import { Tickets, type TicketRefusal } from '../auth/tickets.js';
import { sql, sqlOne } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import type { Visit } from '../web/visit.js';

export type Activated = { ok: true } | { ok: false; reason: TicketRefusal | 'administrators-exist' };

interface Registered {
  corporation_id: string;
  administrators: boolean;
}

/** The mailbox is proved: whoever opens the link and presses the button may sign in from now on. */
@Injectable()
export class Activation {
  constructor(
    private readonly em: EntityManager,
    private readonly tickets: Tickets,
    private readonly audit: Audit,
  ) {}

  /** Uses the link up; of parallel callers one succeeds. */
  async activate(token: string | undefined, visit: Visit): Promise<Activated> {
    return inTransaction(this.em, async () => {
      const ticket = await this.tickets.use('activation', token);
      if (!ticket.ok) {
        await this.audit.record({ act: 'activation', reason: ticket.reason, visit });
        return ticket;
      }
      return this.#activate(ticket.accountId, visit);
    });
  }

  async #activate(accountId: string, visit: Visit): Promise<Activated> {
    const account = await this.#hold(accountId);
    const { corporation_id: corporationId } = account;
    const log = (reason: Reason) => this.audit.record({ act: 'activation', reason, corporationId, accountId, visit });
    // Administrators who came in another way meanwhile decide about newcomers themselves.
    if (account.administrators) {
      await log('administrators-exist');
      return { ok: false, reason: 'administrators-exist' };
    }
    await sql(this.em, `update accounts set state = 'active', activated_at = genkan_now() where id = $1`, [accountId]);
    await sql(
      this.em,
      `update enrollments set state = 'completed', decided_at = genkan_now()
       where account_id = $1 and state = 'awaiting-activation'`,
      [accountId],
    );
    await log('done');
    return { ok: true };
  }

  /** Holds the company, so that two of its newcomers cannot both be its first administrator. */
  async #hold(accountId: string): Promise<Registered> {
    const held = await sqlOne<{ corporation_id: string }>(
      this.em,
      `select c.id as corporation_id from corporations c
       join accounts a on a.corporation_id = c.id where a.id = $1 for no key update of c`,
      [accountId],
    );
    const found = await sqlOne<Registered>(
      this.em,
      `select $1::uuid as corporation_id,
              exists (select from accounts where corporation_id = $1 and role = 'administrator'
                        and state in ('active', 'suspended')) as administrators`,
      [held!.corporation_id],
    );
    return found!;
  }
}
