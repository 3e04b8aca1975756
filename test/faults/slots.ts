import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { Application } from './application.js';
import { check } from './fault.js';
import type { Stage } from './stage.js';

/** Connections of one web process. */
const SLOTS = 20;
/** These listen for jobs. */
const LISTENING = 2;

/**
 * Fails when a process lost any of its connections for good: as many requests as possible wait
 * for one lock. Resolves to the number in words.
 */
export async function checkSlots(stage: Stage, app: Application, cookie: string): Promise<string> {
  const slots = await usableSlots(stage, app, cookie);
  check(slots >= SLOTS - LISTENING, `${slots} of ${SLOTS} slots are usable`);
  return `${slots} of ${SLOTS} slots usable`;
}

async function usableSlots(
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
       where application_name like 'genkan web %' and wait_event_type = 'Lock'`,
    );
    await locker.query('rollback');
    await Promise.all(asks);
    // On a slow machine the server may still hold some that were given up meanwhile.
    return Math.min(SLOTS, rows[0]!.waiting);
  } finally {
    await locker.end();
  }
}
