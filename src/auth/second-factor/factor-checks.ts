import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../database/transaction.js';
import { HOUR_SECONDS } from '../../durations.js';
import { Limits, type Limit } from '../../limits/limits.js';
import type { Visit } from '../../web/visit.js';
import { Devices } from '../sign-in/devices.js';
import { WaitingTimes, type FactorLane } from '../sign-in/waiting-times.js';
import { Passkeys } from './passkeys.js';
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
  done: (factor: Factor) => Promise<void>;
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
  ) {}

  async check(
    accountId: string,
    answer: FactorAnswer,
    visit: Visit,
    { inRecovery, hold, done }: Along,
  ): Promise<FactorChecked> {
    const device = await this.#freeDevice(accountId, visit);
    const lane = { factorOf: accountId, device, inRecovery };
    const retryAfter = await this.waitingTimes.count(lane);
    if (retryAfter > 0) {
      if (device) await this.limits.giveBack(knownBrowsersOf(accountId));
      return { ok: false, reason: 'waiting', retryAfter };
    }
    if (answer.passkey !== '') await this.passkeys.load();
    const checked = await inTransaction<FactorChecked>(this.em, async () => {
      if (hold && !(await hold())) return { ok: false, reason: 'sign-in-over' };
      const factor = await this.factors.use(accountId, answer);
      if (!factor) return { ok: false, reason: 'second-factor-wrong' };
      await done(factor);
      return { ok: true, factor };
    });
    if (checked.ok) await this.#end(lane);
    else if (checked.reason === 'second-factor-wrong') await this.notices.count(accountId, visit);
    return checked;
  }

  /**
   * The known browser, as long as those of the account did not use up what they have together: then
   * it is judged as any other, so that many browsers do not add up to many tries.
   */
  async #freeDevice(accountId: string, visit: Visit): Promise<string | undefined> {
    const device = await this.devices.recognise(accountId, visit);
    if (!device) return undefined;
    return (await this.limits.take(knownBrowsersOf(accountId))).ok ? device : undefined;
  }

  async #end(lane: FactorLane): Promise<void> {
    await this.waitingTimes.end(lane);
    if (lane.device) await this.limits.giveBack(knownBrowsersOf(lane.factorOf));
  }
}

function knownBrowsersOf(accountId: string): Limit {
  return { key: `known-wrong-codes:${accountId}`, maximum: 20, seconds: HOUR_SECONDS };
}
