import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { LateWrites } from '../database/late-writes.js';
import { DAY_SECONDS } from '../durations.js';
import { Account } from '../identity/account.entity.js';
import { Limits } from '../limits/limits.js';
import type { Visit } from '../web/visit.js';
import type { Recovery } from './recovery.entity.js';

/** The page can be opened as often as one likes. */
const MOST_ROWS = 3;
/** Of those who share a mailbox. */
const MOST_PEOPLE = 10;

/** Recoveries that too many wrong pairs of numbers ended. */
@Injectable()
export class EndedRecoveries {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
    private readonly limits: Limits,
    private readonly lateWrites: LateWrites,
  ) {}

  /** So that the desk finds the people of the mailbox by the number of the request that was told so. */
  async note({ link, emailKey }: Recovery, visit: Visit): Promise<void> {
    const noted = { key: `recovery:ended:${link.id}`, maximum: MOST_ROWS, seconds: DAY_SECONDS };
    await this.lateWrites.do(async () => {
      if (!(await this.limits.take(noted)).ok) return;
      const state = { $in: ['active' as const, 'suspended' as const] };
      const readers = { emailKey: emailKey!, state };
      const people = await this.em.find(Account, readers, { limit: MOST_PEOPLE });
      for (const { id: accountId, corporation } of people) {
        const of = { accountId, corporationId: corporation.id, visit };
        // No company hears of the people of another one.
        const isShared = people.some(
          (one) => one.id !== accountId && one.corporation === corporation,
        );
        const facts = isShared ? { sharedMailbox: true } : undefined;
        await this.audit.record('numbers-proof', 'case-exhausted', of, facts);
      }
    });
  }
}
