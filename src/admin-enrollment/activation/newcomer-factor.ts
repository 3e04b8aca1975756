import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FactorDuties } from '../../auth/second-factor/duty/factor-duties.js';
import { FactorChanges } from '../../auth/second-factor/factor-changes.js';
import { TotpOffers } from '../../auth/second-factor/totp-offers.js';
import { databaseNow } from '../../database/clock.js';
import type { Account } from '../../identity/account.entity.js';
import type { Visit } from '../../web/visit.js';
import { CaseTurns } from '../case-turns.js';
import type { Newcomer } from './newcomer-needs.js';
import type { WaitingNewcomer } from './activation-mails.js';

export type NewcomerFactorRefusal = 'second-factor-needed' | 'second-factor-wrong';

/**
 * Where a company asks a second factor of its administrators, nobody becomes one without: the
 * activation sets it up. Only who reads the mailbox of an application with right numbers hears of it.
 */
@Injectable()
export class NewcomerFactor {
  constructor(
    private readonly em: EntityManager,
    private readonly duties: FactorDuties,
    private readonly offers: TotpOffers,
    private readonly changes: FactorChanges,
    private readonly turns: CaseTurns,
  ) {}

  /** Not of an application that would wait, for the desk or its turn: its account is made anew then. */
  async isNeeded({ account, enrollment }: WaitingNewcomer): Promise<boolean> {
    const { id } = account.corporation;
    if (!(await this.duties.asksAdministrators(id))) return false;
    return !enrollment || (await this.turns.obstacle(enrollment)) === undefined;
  }

  /** What the page shows for an authenticator app. */
  shown({ id: accountId, shownLoginId, email }: Account, visit: Visit) {
    return this.offers.shown({ accountId, visit }, shownLoginId || email);
  }

  /** Nothing is used up. @param code absent where the page did not ask for one */
  async refusal(
    { account: { id: accountId }, needs }: Newcomer,
    code: string | undefined,
    visit: Visit,
  ): Promise<NewcomerFactorRefusal | undefined> {
    if (!needs.factor) return undefined;
    if (code === undefined) return 'second-factor-needed';
    const now = await databaseNow(this.em);
    return this.offers.isConfirmed({ accountId, visit }, code, now)
      ? undefined
      : 'second-factor-wrong';
  }

  /** In the transaction that activates the account. @param code one without a refusal */
  async setUp(account: Account, code: string, visit: Visit): Promise<void> {
    await this.changes.setUpTotpOfNewcomer(account, code, visit);
  }
}
