import { Injectable } from '@nestjs/common';
import { LateWrites } from '../database/late-writes.js';
import { onFault } from '../database/unit-of-work.js';
import { CounterPool } from './counter-pool.js';

/** So many uses of a key in a span of time that begins with the first one. */
export interface Limit {
  key: string;
  maximum: number;
  seconds: number;
}

/** A key that has no use left, and for how many seconds. */
export interface Exhausted {
  key: string;
  retryAfter: number;
}

export type Taken = { ok: true } | ({ ok: false } & Exhausted);

/** Prepared, like the next one: every try at a password, a number or a mail asks it. */
const TAKE = {
  name: 'take-limits',
  text: `select * from take_limits($1, $2,
           array(select make_interval(secs => s) from unnest($3::int[]) s))`,
};

const EXHAUSTED = {
  name: 'exhausted-limits',
  text: `select key, ceil(extract(epoch from ends_at - genkan_now()))::int as "retryAfter"
         from limit_counters join unnest($1::text[], $2::int[]) as l (wanted, maximum) on wanted = key
         where used >= maximum and ends_at > genkan_now() limit 1`,
};

/**
 * Counters that count before they compare, in the database and outside of any transaction, so that
 * parallel tries, a rollback or a restart never give one more than the maximum.
 */
@Injectable()
export class Limits {
  constructor(
    private readonly pool: CounterPool,
    private readonly lateWrites: LateWrites,
  ) {}

  /** Counts one use on every key, or on none when one of them is exhausted. */
  async take(...limits: Limit[]): Promise<Taken> {
    const taken = await this.pool.query<{ exhausted_key: string; retry_after: number }>({
      ...TAKE,
      values: [
        limits.map(({ key }) => key),
        limits.map(({ maximum }) => maximum),
        limits.map(({ seconds }) => seconds),
      ],
    });
    const [exhausted] = taken.rows;
    if (!exhausted) return { ok: true };
    return { ok: false, key: exhausted.exhausted_key, retryAfter: exhausted.retry_after };
  }

  /**
   * The same for what is not worth a use when a fault ends the request, such as a mail that is never
   * written: then it is given back. Tries at a secret stay counted.
   */
  async takeUnlessFault(...limits: Limit[]): Promise<Taken> {
    const taken = await this.take(...limits);
    if (taken.ok) onFault(() => this.lateWrites.do(() => this.giveBack(...limits)));
    return taken;
  }

  /** The first of the keys that has no use left; counts nothing. */
  async exhausted(...limits: Limit[]): Promise<Exhausted | undefined> {
    const found = await this.pool.query<Exhausted>({
      ...EXHAUSTED,
      values: [limits.map(({ key }) => key), limits.map(({ maximum }) => maximum)],
    });
    return found.rows[0];
  }

  /** How many uses a key has left, and when all of them are there again. */
  async left({ key, maximum }: Limit): Promise<{ left: number; endsAt: Date | null }> {
    const found = await this.pool.query<{ used: number; endsAt: Date }>(
      `select used, ends_at as "endsAt" from limit_counters
       where key = $1 and ends_at > genkan_now()`,
      [key],
    );
    const { used = 0, endsAt = null } = found.rows[0] ?? {};
    return { left: Math.max(0, maximum - used), endsAt };
  }

  async giveBack(...limits: Pick<Limit, 'key'>[]): Promise<void> {
    await this.pool.query(
      'update limit_counters set used = greatest(0, used - 1) where key = any($1)',
      [limits.map(({ key }) => key)],
    );
  }

  async used(key: string): Promise<number> {
    const found = await this.pool.query<{ used: number }>(
      'select used from limit_counters where key = $1 and ends_at > genkan_now()',
      [key],
    );
    return found.rows[0]?.used ?? 0;
  }
}
