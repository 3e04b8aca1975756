import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { DAY_SECONDS } from '../../durations.js';
import { Account } from '../../identity/account.entity.js';
import { Limits } from '../../limits/limits.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { Visit } from '../../web/visit.js';

const MANY_A_DAY = 5;

/** Tells the owner, at most once a day, that wrong codes go on: somebody has all that is asked before. */
@Injectable()
export class WrongCodeNotices {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: Limits,
    private readonly mails: OwnAccountMails,
  ) {}

  /** Counts one of the account's, whichever browser gave it: lanes are no way around the mail. */
  async count(accountId: string, { address }: Visit): Promise<void> {
    const few = {
      key: `few-wrong-codes:${accountId}`,
      maximum: MANY_A_DAY - 1,
      seconds: DAY_SECONDS,
    };
    if ((await this.limits.take(few)).ok) return;
    const once = { key: `wrong-codes:${accountId}`, maximum: 1, seconds: DAY_SECONDS };
    if (!(await this.limits.takeUnlessFault(once)).ok) return;
    await inTransaction(this.em, () => this.#tell(accountId, address), { acts: false });
  }

  async #tell(accountId: string, address: string): Promise<void> {
    const withCompany = { populate: ['corporation'] } as const;
    const { addressee } = await this.em.findOneOrFail(Account, accountId, withCompany);
    await this.mails.wrongCodes(addressee, { time: await databaseNow(this.em), address });
  }
}
