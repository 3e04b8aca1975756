import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { before, databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { Jobs } from '../../jobs/jobs.js';
import { Enrollment } from '../enrollment.entity.js';
import { removeUnstarted } from '../registered-account.js';

/** Their mails are sent again for so long (enrollment-stage.sql). */
const REGISTRATION = { days: 7 };
/** The next run takes the others. */
const AT_ONCE = 1_000;

/** First registrations whose mailbox nobody proved: their accounts go, and their cases are closed. */
@Injectable()
export class AbandonedRegistrations implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register('clear-abandoned-registrations', () => this.clear(), '23 * * * *');
  }

  async clear(): Promise<void> {
    const abandoned = await this.em.find(
      Account,
      {
        state: 'registered',
        createdAt: { $lte: before(await databaseNow(this.em), REGISTRATION) },
        // Somebody whom the desk named has none yet, and is waited for.
        passwordHash: { $ne: '' },
      },
      { fields: ['corporation'], limit: AT_ONCE },
    );
    for (const { id, corporation } of abandoned)
      await inTransaction(this.em, () => this.#clear(id, corporation.id));
  }

  async #clear(id: string, corporationId: string): Promise<void> {
    await holdCorporation(this.em, corporationId);
    const account = await this.em.findOne(Account, { id, state: 'registered' });
    if (!account) return;
    const waiting = { account: id, state: 'awaiting-activation' as const };
    const enrollment = await this.em.findOne(Enrollment, waiting);
    enrollment?.expire(await databaseNow(this.em));
    await removeUnstarted(this.em, account);
  }
}
