import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { databaseNow } from '../../database/clock.js';
import { LimitCounter } from '../../limits/limit-counter.entity.js';
import type { Visit } from '../../web/visit.js';
import { Devices } from './devices.js';
import {
  keyOfLane,
  knownBrowsersOf,
  lanesOf,
  networkKeys,
  type AttemptLane,
  type DeskFactorLane,
  type DeskLane,
  type Lane,
  type Waiter,
} from './lanes.js';
import { WaitingTime } from './waiting-time.entity.js';

/** Offices and providers share addresses: only failures of new browsers count there, and generously. */
const FREE_FAILURES_OF_A_CLIENT = 500;
const FREE_FAILURES_OF_A_SITE = 2_000;

/** A try at the second factor of an account, counted before anything is compared. */
export interface CountedTry {
  /** The known browser. */
  device: string | null;
  /** The same, where it has a lane of its own. */
  laneDevice: string | null;
  lane: string;
  /** Seconds; where nothing is compared now. */
  retryAfter: number | null;
}

/** Prepared, because each try at a password ends with it (waiting-times.sql). */
const SETTLE = { name: 'settle-attempt', text: 'select settle_attempt($1, $2) as told' };

const COUNT_TRY = {
  name: 'count-try',
  text: `select settle_attempt($1, false) as told, (
           select greatest(1, ceil(extract(epoch from w.waits_until - genkan_now())))::int
           from waiting_times w where w.key = $1 and w.waits_until > genkan_now()) as "retryAfter"`,
};

/** The same for an account's second factor (pending-sign-ins.sql). */
const COUNT_FACTOR_TRY = {
  name: 'count-factor-try',
  text: `select device, lane_device as "laneDevice", lane, retry_after as "retryAfter"
         from count_factor_try($1, $2, $3, $4)`,
};

const COUNT_NETWORK_FAILURE = {
  name: 'count-network-failure',
  text: 'select count_network_failures($1, $2)',
};

/**
 * After five failures each further one makes its lane wait: 5, 15, 60, 300, then 900 seconds, never
 * longer. A lane that waits is not compared. The database decides in one statement whether a result
 * may be told, so parallel guesses learn no more than guesses in a row, while any number of right
 * passwords at once succeed.
 */
@Injectable()
export class WaitingTimes {
  constructor(
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly devices: Devices,
  ) {}

  /** Counts a failure, or ends the count after a success. @returns false when the lane waits and hears neither */
  async settle(lane: AttemptLane | DeskLane, wasRight: boolean, visit: Visit): Promise<boolean> {
    if (!wasRight && ('loginIdKey' in lane || 'operatorKey' in lane))
      await this.#countNetworkFailure(networkKeys(visit, lane));
    const settled = await this.pool.query<{ told: boolean }>({
      ...SETTLE,
      values: [keyOfLane(lane), wasRight],
    });
    if (!wasRight && 'device' in lane) await this.devices.forgetIfFailing(lane.device);
    return settled.rows[0]!.told;
  }

  /**
   * Counts a try before it is compared; `end` takes it back when it was right.
   * @returns the seconds to wait, because nothing is compared now; 0 otherwise
   */
  async count(lane: DeskFactorLane): Promise<number> {
    const counted = await this.pool.query<{ told: boolean; retryAfter: number | null }>({
      ...COUNT_TRY,
      values: [keyOfLane(lane)],
    });
    const { told, retryAfter } = counted.rows[0]!;
    return told ? 0 : (retryAfter ?? 1);
  }

  /** The same for an account's second factor, in the lane of the visiting browser. */
  async countFactorTry(accountId: string, visit: Visit, inRecovery: boolean): Promise<CountedTry> {
    const values = [accountId, ...this.devices.keyOf(visit), inRecovery];
    return (await this.pool.query<CountedTry>({ ...COUNT_FACTOR_TRY, values })).rows[0]!;
  }

  /** Ends a wait, in the caller's transaction if there is one: the owner was proved. */
  async end(lane: Lane): Promise<void> {
    await this.em.nativeDelete(WaitingTime, { key: keyOfLane(lane) });
  }

  /** Until when a person waits longest, with passwords and with codes, in whichever browser. */
  async longestOf(
    person: Waiter,
  ): Promise<{ passwords: Date | undefined; codes: Date | undefined }> {
    const { passwords, codes } = lanesOf(person, await this.devices.idsOf(person.id));
    return { passwords: await this.#longestIn(passwords), codes: await this.#longestIn(codes) };
  }

  async #longestIn(lanes: Lane[]): Promise<Date | undefined> {
    const waiting = {
      key: { $in: lanes.map(keyOfLane) },
      waitsUntil: { $gt: await databaseNow(this.em) },
    };
    const longest = { orderBy: { waitsUntil: 'desc' }, refresh: true } as const;
    return (await this.em.findOne(WaitingTime, waiting, longest))?.waitsUntil;
  }

  /** Ends each of them in the caller's transaction: the owner was proved. */
  async endAllOf(person: Waiter): Promise<void> {
    const { passwords, codes } = lanesOf(person, await this.devices.idsOf(person.id));
    // In the order in which a try counts.
    await this.em.nativeDelete(LimitCounter, { key: knownBrowsersOf(person.id).key });
    const keys = [...passwords, ...codes].map(keyOfLane);
    await this.em.nativeDelete(WaitingTime, { key: { $in: keys } });
  }

  async #countNetworkFailure(keys: [string, string]): Promise<void> {
    await this.pool.query({
      ...COUNT_NETWORK_FAILURE,
      values: [keys, [FREE_FAILURES_OF_A_CLIENT, FREE_FAILURES_OF_A_SITE]],
    });
  }
}
