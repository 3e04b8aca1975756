import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { DAY_SECONDS } from '../../durations.js';
import { Account } from '../../identity/account.entity.js';
import { Operator } from '../../identity/operator.entity.js';
import { Limits } from '../../limits/limits.js';
import { OperatorMails } from '../../mail/operator-mails.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { Visit } from '../../web/visit.js';
import { idOfOwner, type FactorOwner } from './factor-owner.js';

const MANY_A_DAY = 5;

/** Tells the owner, at most once a day, that wrong codes go on: somebody has all that is asked before. */
@Injectable()
export class WrongCodeNotices {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: Limits,
    private readonly mails: OwnAccountMails,
    private readonly operatorMails: OperatorMails,
  ) {}

  /** Counts one of the owner's, whichever browser gave it: lanes are no way around the mail. */
  async count(owner: FactorOwner, { address }: Visit): Promise<void> {
    const id = idOfOwner(owner);
    const few = { key: `few-wrong-codes:${id}`, maximum: MANY_A_DAY - 1, seconds: DAY_SECONDS };
    if ((await this.limits.take(few)).ok) return;
    const once = { key: `wrong-codes:${id}`, maximum: 1, seconds: DAY_SECONDS };
    if (!(await this.limits.takeUnlessFault(once)).ok) return;
    await inTransaction(this.em, () => this.#tell(owner, address), { acts: false });
  }

  async #tell(owner: FactorOwner, address: string): Promise<void> {
    const facts = { time: await databaseNow(this.em), address };
    if ('operator' in owner) {
      const operator = await this.em.findOneOrFail(Operator, owner.operator);
      await this.operatorMails.wrongCodes(operator, facts);
    } else {
      const withCompany = { populate: ['corporation'] } as const;
      const { addressee } = await this.em.findOneOrFail(Account, owner.account, withCompany);
      await this.mails.wrongCodes(addressee, facts);
    }
  }
}
