import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';

const PAUSE_MS = 10;
/** Before the limit of a whole test, which does not say where it waits. */
const GIVES_UP_AFTER_MS = 120_000;

/** Asks until it holds, with pauses: what it waits for needs the processor. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const waited = new Error('It waits in vain');
  const end = performance.now() + GIVES_UP_AFTER_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw waited;
    await wait(PAUSE_MS);
  }
}

/**
 * Until so many statements of the pool's database wait for a lock; other spec files use the same
 * server. @param about what is part of their text
 */
export async function lockIsWaitedFor(pool: Pool, { times = 1, about = '' } = {}): Promise<void> {
  const waiting = `select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like $1`;
  await until(async () => (await pool.query(waiting, [`%${about}%`])).rowCount! >= times);
}
