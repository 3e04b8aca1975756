import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { Application } from './application.js';
import { check } from './fault.js';
import type { Stage } from './stage.js';

/** Requests that are on their way to a handler at once, with the default of `DATABASE_POOL`. */
const ENTERING = 4;
/** These listen for jobs. */
const LISTENING = 2;
const NETWORKS = 20;
const BACK_WITHIN_MS = 5_000;

/**
 * Fails when a process lost connections or turns for good: as many requests as may work at once wait
 * for one lock, and afterwards no connection is in use but those that listen. Resolves to both in words.
 */
export async function checkSlots(stage: Stage, app: Application): Promise<string> {
  const entering = await entersAtOnce(stage, app);
  check(entering >= ENTERING, `${entering} of ${ENTERING} turns are left`);
  // Those that wait may take minutes, and connections with them.
  await stage.pool.query('delete from graphile_worker._private_jobs where locked_at is null');
  const used = await usedInTheEnd(app);
  check(used <= LISTENING, `${used} connections stay in use`);
  return `all turns left, ${used} connections in use`;
}

async function entersAtOnce({ database, pool }: Stage, app: Application): Promise<number> {
  const locker = new Client(database.url);
  await locker.connect();
  try {
    await locker.query('begin; lock table sessions in access exclusive mode');
    const asks = Array.from({ length: NETWORKS }, (_, network) =>
      app.ask({ path: '/', cookie: inventedSession(), address: `198.51.${network}.7` }),
    );
    await wait(1_500);
    const { rows } = await pool.query<{ waiting: number }>(
      `select count(*)::int as waiting from pg_stat_activity
       where application_name like 'genkan web %' and wait_event_type = 'Lock'`,
    );
    await locker.query('rollback');
    await Promise.all(asks);
    // On a slow machine the server may still hold some that were given up meanwhile.
    return Math.min(ENTERING, rows[0]!.waiting);
  } finally {
    await locker.end();
  }
}

/** It is looked up in the turns of the network; those of one company have half of all. */
function inventedSession(): string {
  return `__Host-session=${randomUUID()}.${'A'.repeat(43)}`;
}

/** Connections that are in use while nobody asks for anything; jobs come and go. */
async function usedInTheEnd({ metricsPort }: Application): Promise<number> {
  let least = Infinity;
  for (let waited = 0; waited < BACK_WITHIN_MS && least > LISTENING; waited += 250) {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    const used = /^genkan_database_connections\{[^}]*state="used"[^}]*\} (\d+)/m.exec(text)?.[1];
    least = Math.min(least, Number(used));
    if (least > LISTENING) await wait(250);
  }
  return least;
}
