import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ActivationMails } from '../admin-enrollment/activation/activation-mails.js';
import { sql } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { Jobs } from '../jobs/jobs.js';
import { Mails } from '../mail/mails.js';
import type { Language } from '../web/texts.js';
import { FULFIL_RECOVERY } from './recovery-requests.js';
import { RecoveryTickets } from './recovery-tickets.js';

interface Reader {
  id: string;
  state: 'registered' | 'active' | 'suspended';
  email: string;
  language: Language;
}

/**
 * Sends what the readers of a mailbox need: one link for all their IDs, and for registrations that
 * were never finished their activation mail instead. Nobody else's mailbox gets anything.
 */
@Injectable()
export class RecoveryFulfilment implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly tickets: RecoveryTickets,
    private readonly activationMails: ActivationMails,
    private readonly mails: Mails,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register(FULFIL_RECOVERY, (payload) => {
      const { id, emailKey } = payload as { id: string; emailKey: string };
      return this.fulfil(id, emailKey);
    });
  }

  async fulfil(requestId: string, emailKey: string): Promise<void> {
    await inTransaction(this.em, async () => {
      const readers = await this.#readersOf(emailKey);
      const [owner] = readers.filter(({ state }) => state !== 'registered');
      const ticket = owner && (await this.tickets.arm(requestId, emailKey));
      // Mail goes to the address as it is stored, never as it was typed.
      if (ticket)
        await this.mails.recovery(
          { email: owner.email, language: owner.language, accountId: owner.id },
          ticket,
        );
      for (const { id, state } of readers)
        if (state === 'registered') await this.activationMails.send(id);
    });
  }

  #readersOf(emailKey: string): Promise<Reader[]> {
    return sql<Reader>(
      this.em,
      `select a.id, a.state, a.email, a.language from accounts a
       join corporations c on c.id = a.corporation_id and c.state = 'active'
       where a.email_key = $1 and a.state in ('registered', 'active', 'suspended')
       order by a.created_at limit 20`,
      [emailKey],
    );
  }
}
