import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { Application } from './application.js';
import type { Stage } from './stage.js';

/** Connections of one web process; one of them listens for jobs. */
export const SLOTS = 20;

/** How many of its connections a process still can use: each waits for a lock at the same time. */
export async function usableSlots(
  { database, pool }: Stage,
  application: Application,
  cookie: string,
): Promise<number> {
  const locker = new Client(database.url);
  await locker.connect();
  try {
    await locker.query('begin; lock table sessions in access exclusive mode');
    const asks = Array.from({ length: 3 * SLOTS }, () =>
      application.statusOf({ path: '/', cookie }),
    );
    await wait(1_500);
    const { rows } = await pool.query<{ waiting: number }>(
      `select count(*)::int as waiting from pg_stat_activity
       where application_name = 'genkan' and wait_event_type = 'Lock'`,
    );
    await locker.query('rollback');
    await Promise.all(asks);
    return rows[0]!.waiting;
  } finally {
    await locker.end();
  }
}
