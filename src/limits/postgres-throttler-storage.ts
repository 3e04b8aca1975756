import { Injectable } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { Pool } from 'pg';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** Prepared, because every form that anybody posts runs it. */
const THROTTLE = {
  name: 'throttle',
  text: `insert into limit_counters as c values ($1, 1, genkan_now() + make_interval(secs => $2))
         on conflict (key) do update set
           used = case when c.ends_at <= genkan_now() then 1 else c.used + 1 end,
           ends_at = case when c.ends_at <= genkan_now() then excluded.ends_at else c.ends_at end
         returning used, ceil(extract(epoch from ends_at - genkan_now()))::int as seconds`,
};

/** The throttler's counters in the database: all processes and instances count together. */
@Injectable()
export class PostgresThrottlerStorage implements ThrottlerStorage {
  constructor(private readonly pool: Pool) {}

  /** @param ttl milliseconds */
  async increment(key: string, ttl: number, limit: number): Promise<ThrottlerRecord> {
    const counted = await this.pool.query<{ used: number; seconds: number }>({
      ...THROTTLE,
      values: [`throttle:${key}`, ttl / 1000],
    });
    const { used, seconds } = counted.rows[0]!;
    const isBlocked = used > limit;
    return {
      totalHits: used,
      timeToExpire: seconds,
      isBlocked,
      timeToBlockExpire: isBlocked ? seconds : 0,
    };
  }
}
