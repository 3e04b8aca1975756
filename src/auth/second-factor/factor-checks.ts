import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { Operator } from '../../identity/operator.entity.js';
import { Limits } from '../../limits/limits.js';
import { OperatorMails } from '../../mail/operator-mails.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { Visit } from '../../web/visit.js';
import { knownBrowsersOf, type DeskFactorLane, type FactorLane } from '../sign-in/lanes.js';
import { WaitingTimes, type CountedTry } from '../sign-in/waiting-times.js';
import type { FactorOwner } from './factor-owner.js';
import { Passkeys } from './passkeys.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SecondFactors, type Factor, type FactorAnswer } from './second-factors.js';
import { WrongCodeNotices } from './wrong-code-notices.js';

export type FactorRefusal =
  | { ok: false; reason: 'second-factor-wrong' | 'sign-in-over' }
  | { ok: false; reason: 'waiting'; retryAfter: number };

export type FactorChecked = { ok: true; factor: Factor } | FactorRefusal;

/** Of a sign-in that ends with the factor: to a session, or to why there is none; or to a new password. */
type FactorLed = 'open' | 'refused' | 'recovery';

/** What stands or falls with the code: both in one transaction, the first before it is compared. */
interface Along {
  /** Mailbox and numbers were proved before. */
  inRecovery?: boolean;
  /** @returns false when there is nothing any more that the code is for */
  hold?: (() => Promise<boolean>) | undefined;
  done: (factor: Factor) => Promise<FactorLed | undefined>;
}

/** Compares codes, counted before they are compared: growing waits, and none for ever. */
@Injectable()
export class FactorChecks {
  constructor(
    private readonly em: EntityManager,
    private readonly waitingTimes: WaitingTimes,
    private readonly limits: Limits,
    private readonly factors: SecondFactors,
    private readonly passkeys: Passkeys,
    private readonly notices: WrongCodeNotices,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly mails: OwnAccountMails,
    private readonly operatorMails: OperatorMails,
  ) {}

  async check(
    accountId: string,
    answer: FactorAnswer,
    visit: Visit,
    along: Along,
  ): Promise<FactorChecked> {
    const { inRecovery = false } = along;
    const tried = await this.waitingTimes.countFactorTry(accountId, visit, inRecovery);
    return this.judge({ accountId, ...tried }, answer, visit, along);
  }

  /** The same of a try that counts already. */
  async judge(
    { accountId, laneDevice, retryAfter }: CountedTry & { accountId: string },
    answer: FactorAnswer,
    visit: Visit,
    { inRecovery, hold, done }: Along,
  ): Promise<FactorChecked> {
    const lane = { factorOf: accountId, device: laneDevice ?? undefined, inRecovery };
    const checked = retryAfter
      ? waiting(retryAfter)
      : await this.#compare(lane, { account: accountId }, answer, { hold, done }, visit);
    if (!checked.ok && checked.reason === 'second-factor-wrong')
      await this.notices.count({ account: accountId }, visit);
    else if (laneDevice) await this.limits.giveBack(knownBrowsersOf(accountId));
    return checked;
  }

  /** In the transaction that uses the code up. */
  async #tellOfUse(
    owner: FactorOwner,
    { address }: Visit,
    led: FactorLed | undefined,
  ): Promise<void> {
    const { left } = await this.recoveryCodes.sheet(owner);
    const facts = { time: await databaseNow(this.em), address, left, led };
    if ('operator' in owner) {
      const operator = await this.em.findOneOrFail(Operator, owner.operator);
      await this.operatorMails.recoveryCodeUsed(operator, facts);
    } else {
      const withCompany = { populate: ['corporation'] } as const;
      const { addressee } = await this.em.findOneOrFail(Account, owner.account, withCompany);
      await this.mails.recoveryCodeUsed(addressee, facts);
    }
  }

  /** The same of somebody of the desk. @param browser the known one */
  async checkOfOperator(
    operator: string,
    browser: string | undefined,
    answer: FactorAnswer,
    visit: Visit,
    along: Along,
  ): Promise<FactorChecked> {
    const shared = knownBrowsersOf(operator);
    const isKnown = browser !== undefined && (await this.limits.take(shared)).ok;
    const lane = { factorOfOperator: operator, operatorBrowser: isKnown ? browser : undefined };
    const retryAfter = await this.waitingTimes.count(lane);
    const checked =
      retryAfter > 0
        ? waiting(retryAfter)
        : await this.#compare(lane, { operator }, answer, along, visit);
    if (!checked.ok && checked.reason === 'second-factor-wrong')
      await this.notices.count({ operator }, visit);
    else if (isKnown) await this.limits.giveBack(shared);
    return checked;
  }

  async #compare(
    lane: FactorLane | DeskFactorLane,
    owner: FactorOwner,
    answer: FactorAnswer,
    { hold, done }: Along,
    visit: Visit,
  ): Promise<FactorChecked> {
    if (answer.passkey !== '') await this.passkeys.load();
    return inTransaction<FactorChecked>(this.em, async () => {
      if (hold && !(await hold())) return { ok: false, reason: 'sign-in-over' };
      const factor = await this.factors.use(owner, answer, visit);
      if (!factor) return { ok: false, reason: 'second-factor-wrong' };
      const led = await done(factor);
      if (factor === 'recovery-code') await this.#tellOfUse(owner, visit, led);
      await this.waitingTimes.end(lane);
      return { ok: true, factor };
    });
  }
}

function waiting(retryAfter: number): FactorRefusal {
  return { ok: false, reason: 'waiting', retryAfter };
}
