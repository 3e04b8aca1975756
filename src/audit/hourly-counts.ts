import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Pool } from 'pg';
import { MINUTE_MS } from '../durations.js';
import { Jobs } from '../jobs/jobs.js';
import { countOutcome } from './outcome-count.js';
import type { Act } from './acts.js';
import type { Reason } from './reasons.js';

interface CountOptions {
  accountId?: string | undefined;
  /** The operator is warned when an hour has so many. */
  alarmAt?: number;
}

interface Count {
  times: number;
  alarmAt: number;
}

const NO_ALARM = 2 ** 31 - 1;

/** Adds to the running hour. A row says when it reached the number that alarms: once in that hour. */
const ADD = `
  insert into limit_counters as c (key, used, ends_at)
  select 'hourly|' || n.key || '|' || to_char(genkan_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24"Z"'),
         n.times, date_trunc('hour', genkan_now()) + interval '25 hours'
  from unnest($1::text[], $2::int[]) as n (key, times) order by n.key
  on conflict (key) do update set used = c.used + excluded.used
  returning key, used`;

/** The counters of past hours become one row each in the log, and go. */
const LOG = `
  with past as (
    delete from limit_counters
    where key like 'hourly|%' and ends_at <= genkan_now() + interval '1 day'
    returning string_to_array(key, '|') as part, used)
  insert into audit_entries (corporation_id, account_id, act, reason, facts)
  select a.corporation_id, a.id, part[2], part[3], jsonb_build_object('count', used, 'hour', part[5])
  from past left join accounts a on a.id::text = part[4]`;

/**
 * Counts outcomes that strangers can cause as often as they like, in memory and once a minute in
 * the database. They stand in the log as one row an hour, so that a flood fills no table.
 */
@Injectable()
export class HourlyCounts implements OnModuleInit, BeforeApplicationShutdown {
  #unwritten = new Map<string, Count>();
  #timer: NodeJS.Timeout | undefined;
  readonly #log = new Logger(HourlyCounts.name);

  constructor(
    private readonly jobs: Jobs,
    private readonly pool: Pool,
  ) {}

  onModuleInit(): void {
    this.jobs.register('log-hourly-counts', () => this.log(), '3 * * * *');
    // Counts that cannot be written now are written with the next minute's.
    this.#timer = setInterval(() => void this.write().catch(() => undefined), MINUTE_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.write().catch(() => undefined);
  }

  add(act: Act, reason: Reason, { accountId = '', alarmAt = NO_ALARM }: CountOptions = {}): void {
    // Each of them is counted once more by its own reason.
    if (reason !== 'all-failures') countOutcome(act, reason);
    this.#add(`${act}|${reason}|${accountId}`, { times: 1, alarmAt });
  }

  async write(): Promise<void> {
    const counts = this.#unwritten;
    if (counts.size === 0) return;
    this.#unwritten = new Map();
    try {
      const times = [...counts.values()].map((count) => count.times);
      const { rows } = await this.pool.query<{ key: string; used: number }>(ADD, [
        [...counts.keys()],
        times,
      ]);
      for (const { key, used } of rows) this.#warnIfReached(counts, key, used);
    } catch (error) {
      for (const [key, count] of counts) this.#add(key, count);
      throw error;
    }
  }

  async log(): Promise<void> {
    await this.pool.query(LOG);
  }

  #add(key: string, { times, alarmAt }: Count): void {
    const count = this.#unwritten.get(key) ?? { times: 0, alarmAt };
    this.#unwritten.set(key, { times: count.times + times, alarmAt });
  }

  #warnIfReached(counts: Map<string, Count>, counter: string, used: number): void {
    const key = counter.split('|').slice(1, -1).join('|');
    const { times, alarmAt } = counts.get(key)!;
    if (used >= alarmAt && used - times < alarmAt)
      this.#log.warn(`${used} in this hour: ${key.replaceAll('|', ' ').trim()}`);
  }
}
