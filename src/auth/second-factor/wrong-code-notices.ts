import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { DAY_SECONDS } from '../../durations.js';
import { Account } from '../../identity/account.entity.js';
import { Limits } from '../../limits/limits.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { Visit } from '../../web/visit.js';

const MANY = 5;

/** Tells the owner, at most once a day, that wrong codes go on: somebody has all that is asked before. */
@Injectable()
export class WrongCodeNotices {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: Limits,
    private readonly mails: OwnAccountMails,
  ) {}

  /** @param failures in a row, this one included */
  async tell(accountId: string, failures: number, { address }: Visit): Promise<void> {
    if (failures < MANY) return;
    const once = { key: `wrong-codes:${accountId}`, maximum: 1, seconds: DAY_SECONDS };
    if (!(await this.limits.takeUnlessFault(once)).ok) return;
    await inTransaction(this.em, async () => {
      const withCompany = { populate: ['corporation'] } as const;
      const { addressee } = await this.em.findOneOrFail(Account, accountId, withCompany);
      await this.mails.wrongCodes(addressee, { time: await databaseNow(this.em), address });
    });
  }
}
