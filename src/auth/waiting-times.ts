import { createHash } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { MINUTE_SECONDS } from '../durations.js';
import { Limits, type Exhausted, type Limit } from '../limits/limits.js';
import type { Visit } from '../web/visit.js';
import { WaitingTime } from './waiting-time.entity.js';

const QUARTER_OF_AN_HOUR_SECONDS = 15 * MINUTE_SECONDS;
/** Offices share one address: only failures count there, and generously. */
const FAILURES_OF_AN_ADDRESS = 500;
const FAILURES_OF_THE_SERVICE = 20_000;

/** The budget that a try is charged to: a known browser's, or everybody else's at that login ID. */
export type AttemptLane = { device: string } | { loginIdKey: string };

/** So much failed from the address, or everywhere, that nothing is compared for some seconds. */
export interface Exhaustion {
  reason: 'address-exhausted' | 'service-exhausted';
  retryAfter: number;
}

export type Settled =
  { told: true } | { told: false; reason: 'waiting' } | ({ told: false } & Exhaustion);

/** Prepared, because each try at a password ends with it (waiting-times.sql). */
const SETTLE = { name: 'settle-attempt', text: 'select settle_attempt($1, $2) as told' };

/**
 * After five failures each further one makes its lane wait: 5, 15, 60, 300, then 900 seconds, never
 * longer. The database decides in one statement whether a result may be told, so parallel guesses
 * learn no more than guesses in a row, while any number of right passwords at once succeed.
 */
@Injectable()
export class WaitingTimes {
  constructor(
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly limits: Limits,
  ) {}

  /** Asked before a password is compared; counts nothing. */
  async closed({ client }: Visit): Promise<({ told: false } & Exhaustion) | undefined> {
    const exhausted = await this.limits.exhausted(...limitsOf(client));
    return exhausted && { told: false, ...exhaustionOf(exhausted) };
  }

  /** Counts a failure, or ends the count after a success; a lane that waits hears neither. */
  async settle(lane: AttemptLane, wasRight: boolean, visit: Visit): Promise<Settled> {
    if (!wasRight) {
      const taken = await this.limits.take(...limitsOf(visit.client));
      if (!taken.ok) return { told: false, ...exhaustionOf(taken) };
    }
    const settled = await this.pool.query<{ told: boolean }>({
      ...SETTLE,
      values: [keyOf(lane), wasRight],
    });
    return settled.rows[0]!.told ? { told: true } : { told: false, reason: 'waiting' };
  }

  /** Ends the wait of a login ID in the caller's transaction: its owner was proved by other means. */
  async end(loginIdKey: string): Promise<void> {
    await this.em.nativeDelete(WaitingTime, { key: keyOf({ loginIdKey }) });
  }
}

/** Login IDs are counted by a digest: unknown ones may be of any length. */
function keyOf(lane: AttemptLane): string {
  if ('device' in lane) return `device:${lane.device}`;
  return `login-id:${createHash('sha256').update(lane.loginIdKey).digest('base64url')}`;
}

function limitsOf(client: string): Limit[] {
  const seconds = QUARTER_OF_AN_HOUR_SECONDS;
  return [
    { key: `sign-in:address:${client}`, maximum: FAILURES_OF_AN_ADDRESS, seconds },
    { key: 'sign-in:service', maximum: FAILURES_OF_THE_SERVICE, seconds },
  ];
}

function exhaustionOf({ key, retryAfter }: Exhausted): Exhaustion {
  const reason = key === 'sign-in:service' ? 'service-exhausted' : 'address-exhausted';
  return { reason, retryAfter };
}
