import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { HOUR_SECONDS } from '../../durations.js';
import { Account } from '../../identity/account.entity.js';
import { Limits, type Limit } from '../../limits/limits.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { Visit } from '../../web/visit.js';
import { Devices } from '../sign-in/devices.js';
import { WaitingTimes, type DeskFactorLane, type FactorLane } from '../sign-in/waiting-times.js';
import type { FactorOwner } from './factor-owner.js';
import { Passkeys } from './passkeys.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SecondFactors, type Factor, type FactorAnswer } from './second-factors.js';
import { WrongCodeNotices } from './wrong-code-notices.js';

export type FactorRefusal =
  | { ok: false; reason: 'second-factor-wrong' | 'sign-in-over' }
  | { ok: false; reason: 'waiting'; retryAfter: number };

export type FactorChecked = { ok: true; factor: Factor } | FactorRefusal;

/** What stands or falls with the code: both in one transaction, the first before it is compared. */
interface Along {
  /** Mailbox and numbers were proved before. */
  inRecovery?: boolean;
  /** @returns false when there is nothing any more that the code is for */
  hold?: () => Promise<boolean>;
  /** @param device the known browser, whose lane it was */
  done: (factor: Factor, device?: string) => Promise<void>;
}

/** Compares codes, counted before they are compared: growing waits, and none for ever. */
@Injectable()
export class FactorChecks {
  constructor(
    private readonly em: EntityManager,
    private readonly waitingTimes: WaitingTimes,
    private readonly devices: Devices,
    private readonly limits: Limits,
    private readonly factors: SecondFactors,
    private readonly passkeys: Passkeys,
    private readonly notices: WrongCodeNotices,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly mails: OwnAccountMails,
  ) {}

  async check(
    accountId: string,
    answer: FactorAnswer,
    visit: Visit,
    along: Along,
  ): Promise<FactorChecked> {
    const known = await this.devices.recognise(accountId, visit);
    const device = known && (await this.#isFree(accountId)) ? known : undefined;
    const lane = { factorOf: accountId, device, inRecovery: along.inRecovery };
    const done = async (factor: Factor) => {
      if (factor === 'recovery-code') await this.#tellOfUse(accountId, visit);
      await along.done(factor, known);
    };
    const checked = await this.checkIn(lane, { account: accountId }, answer, { ...along, done });
    if (!checked.ok && checked.reason === 'second-factor-wrong')
      await this.notices.count(accountId, visit);
    else if (device) await this.limits.giveBack(knownBrowsersOf(accountId));
    return checked;
  }

  /**
   * A known browser has its own lane as long as those of the account did not use up what they have
   * together: then it is judged as any other, so that many browsers do not add up to many tries.
   */
  async #isFree(accountId: string): Promise<boolean> {
    return (await this.limits.take(knownBrowsersOf(accountId))).ok;
  }

  /** In the transaction that uses the code up. */
  async #tellOfUse(accountId: string, { address }: Visit): Promise<void> {
    const withCompany = { populate: ['corporation'] } as const;
    const { addressee } = await this.em.findOneOrFail(Account, accountId, withCompany);
    const { left } = await this.recoveryCodes.sheet({ account: accountId });
    const time = await databaseNow(this.em);
    await this.mails.recoveryCodeUsed(addressee, { time, address, left });
  }

  /** The same in the lane that its tries are counted in. */
  async checkIn(
    lane: FactorLane | DeskFactorLane,
    owner: FactorOwner,
    answer: FactorAnswer,
    { hold, done }: Along,
  ): Promise<FactorChecked> {
    const retryAfter = await this.waitingTimes.count(lane);
    if (retryAfter > 0) return { ok: false, reason: 'waiting', retryAfter };
    if (answer.passkey !== '') await this.passkeys.load();
    return inTransaction<FactorChecked>(this.em, async () => {
      if (hold && !(await hold())) return { ok: false, reason: 'sign-in-over' };
      const factor = await this.factors.use(owner, answer);
      if (!factor) return { ok: false, reason: 'second-factor-wrong' };
      await done(factor);
      await this.waitingTimes.end(lane);
      return { ok: true, factor };
    });
  }
}

function knownBrowsersOf(accountId: string): Limit {
  return { key: `known-wrong-codes:${accountId}`, maximum: 20, seconds: HOUR_SECONDS };
}
