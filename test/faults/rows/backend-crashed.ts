import { setTimeout as wait } from 'node:timers/promises';
import { Crowd, recovery } from '../crowd.js';
import { check, type Fault } from '../fault.js';
import { checkSlots } from '../slots.js';

const ROUNDS = 3;

/** PostgreSQL ends all connections when a process of its own dies, and recovers. */
export const fault: Fault = {
  must: '503 while it lasts, no 500, no exit, no slot lost, healed within 2 s of the recovery',
  async run(stage) {
    const { pool } = stage;
    const app = await stage.startApplication();
    const cookie = await app.signIn();
    const crowd = new Crowd(app, 8, recovery);
    let slowest = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      await wait(500);
      const { rows } = await pool.query<{ pid: number }>(
        `select pid from pg_stat_activity where application_name like 'genkan web %' limit 1`,
      );
      process.kill(rows[0]!.pid, 'SIGKILL');
      await wait(50);
      while (!(await recovered(stage.pool))) await wait(20);
      slowest = Math.max(slowest, Math.round(await app.until(200, { path: '/', cookie })));
    }
    await crowd.stop(303, 503);
    check(app.isRunning, `the process ended with ${app.exitCode}`);
    check(slowest < 2_000, `healed after ${slowest} ms`);
    const slots = await checkSlots(stage, app);
    return `${ROUNDS} rounds, answers ${crowd.tally}, ${slots}, healed in ${slowest} ms`;
  },
};

function recovered(pool: { query(text: string): Promise<unknown> }): Promise<boolean> {
  return pool.query('select 1').then(
    () => true,
    () => false,
  );
}
