import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Account } from '../../accounts/account.entity.js';
import { Audit } from '../../audit/audit.js';
import type { Reason } from '../../audit/reasons.js';
import { Tickets, type TicketRefusal } from '../../auth/tickets.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import type { Visit } from '../../web/visit.js';
import { Enrollment } from '../enrollment.entity.js';

export type Activated =
  { ok: true } | { ok: false; reason: TicketRefusal | 'administrators-exist' };

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
    return inTransaction<Activated>(this.em, async () => {
      const owner = await this.tickets.ownerOf('activation', token);
      const account = owner ? await this.em.findOne(Account, owner) : null;
      if (account) await holdCorporation(this.em, account.corporation.id);
      const ticket = await this.tickets.use('activation', token);
      if (!ticket.ok || !account) {
        const reason = ticket.ok ? 'ticket-unknown' : ticket.reason;
        await this.audit.record({ act: 'activation', reason, visit });
        return { ok: false, reason };
      }
      return this.#activate(account, visit);
    });
  }

  async #activate(account: Account, visit: Visit): Promise<Activated> {
    const corporationId = account.corporation.id;
    const log = (reason: Reason) =>
      this.audit.record({ act: 'activation', reason, corporationId, accountId: account.id, visit });
    // Administrators who came in another way meanwhile decide about newcomers themselves.
    if (await this.#hasAdministrators(corporationId)) {
      await log('administrators-exist');
      return { ok: false, reason: 'administrators-exist' };
    }
    const now = await databaseNow(this.em);
    account.activate(now);
    const enrollment = await this.em.findOne(Enrollment, { account, state: 'awaiting-activation' });
    enrollment?.decide('completed', now);
    await log('done');
    return { ok: true };
  }

  async #hasAdministrators(corporation: string): Promise<boolean> {
    const usable = { $in: ['active', 'suspended'] } as const;
    return (
      (await this.em.count(Account, { corporation, role: 'administrator', state: usable })) > 0
    );
  }
}
