import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import { recovery } from '../crowd.js';
import { check, type Fault } from '../fault.js';
import { checkSlots } from '../slots.js';

const READY = { path: '/health/ready' };

/** The primary becomes read-only while its connections stay, as in a switch-over. */
export const fault: Fault = {
  must: '503, not ready, connections to the demoted server dropped, heals when it takes writes',
  async run(stage) {
    const { pool } = stage;
    const app = await stage.startApplication();
    await app.signIn();
    await app.until(200, READY);
    const before = await pidsOf(pool);
    await takesWrites(pool, false);
    const answer = await app.ask(recovery(1));
    check(answer.status === 503 && 'retry-after' in answer.headers, `answered ${answer.status}`);
    await wait(500);
    const left = (await pidsOf(pool)).filter((pid) => before.includes(pid));
    check(left.length === 0, `${left.length} of ${before.length} connections are kept`);
    const unready = Math.round(await app.until(503, READY, 10_000));
    await takesWrites(pool, true);
    const healed = Math.round(await app.until(303, recovery(2)));
    const ready = Math.round(await app.until(200, READY));
    check(app.isRunning, `the process ended with ${app.exitCode}`);
    check(healed < 2_000, `healed after ${healed} ms`);
    const slots = await checkSlots(stage, app);
    return `503, all ${before.length} connections dropped, not ready after ${unready} ms; healed in ${healed} ms, ready in ${ready} ms, ${slots}`;
  },
};

async function takesWrites(pool: Pool, does: boolean): Promise<void> {
  const change = `alter system set default_transaction_read_only = ${does ? 'off' : 'on'}`;
  await pool.query(change);
  await pool.query('select pg_reload_conf()');
  await wait(200);
}

async function pidsOf(pool: Pool): Promise<number[]> {
  const { rows } = await pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name like 'genkan web %'`,
  );
  return rows.map(({ pid }) => pid);
}
