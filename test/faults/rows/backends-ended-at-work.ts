import { setTimeout as wait } from 'node:timers/promises';
import { Crowd, recovery } from '../crowd.js';
import { check, type Fault } from '../fault.js';
import { checkSlots } from '../slots.js';

/** Ends what is busy, and in every other round what waits in the pool as well. */
const END = `select pg_terminate_backend(pid) from pg_stat_activity
             where application_name like 'genkan web %' and ($1 or state <> 'idle')`;

export const fault: Fault = {
  must: '503 while it lasts, no 500, no exit, no slot lost, healed within 2 s',
  async run(stage) {
    const { pool } = stage;
    const rounds = stage.quick ? 20 : 100;
    const app = await stage.startApplication();
    const cookie = await app.signIn();
    const crowd = new Crowd(app, 16, (asked) =>
      asked % 2 === 0 ? { path: '/', cookie } : recovery(asked),
    );
    for (let round = 0; round < rounds; round += 1) {
      await pool.query(`select graphile_worker.add_job('clean-up') from generate_series(1, 4)`);
      await wait(50 + (round % 7) * 20);
      await pool.query(END, [round % 2 === 0]);
    }
    const healed = Math.round(await app.until(200, { path: '/', cookie }));
    await crowd.stop(200, 303, 503);
    check(app.isRunning, `the process ended with ${app.exitCode}`);
    check(healed < 2_000, `healed after ${healed} ms`);
    const slots = await checkSlots(stage, app);
    return `${rounds} rounds, answers ${crowd.tally}, ${slots}, healed in ${healed} ms`;
  },
};
