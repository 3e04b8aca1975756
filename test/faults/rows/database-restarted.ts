import { setTimeout as wait } from 'node:timers/promises';
import { Crowd, recovery } from '../crowd.js';
import { check, type Fault } from '../fault.js';
import { checkSlots } from '../slots.js';

export const fault: Fault = {
  must: '503 while it lasts, no 500, no exit, no slot lost, healed within 2 s',
  async run(stage) {
    const { pool, database } = stage;
    const rounds = stage.quick ? 3 : 10;
    const app = await stage.startApplication();
    const cookie = await app.signIn();
    const crowd = new Crowd(app, 24, recovery);
    let slowest = 0;
    for (let round = 0; round < rounds; round += 1) {
      await pool.query(`select graphile_worker.add_job('clean-up') from generate_series(1, 9)`);
      await wait(300);
      await database.stop();
      await wait(200);
      await database.start();
      slowest = Math.max(slowest, Math.round(await app.until(200, { path: '/', cookie })));
    }
    await crowd.stop(303, 503);
    check(app.isRunning, `the process ended with ${app.exitCode}`);
    check(slowest < 2_000, `healed after ${slowest} ms`);
    const slots = await checkSlots(stage, app);
    return `${rounds} restarts, answers ${crowd.tally}, ${slots}, healed in ${slowest} ms`;
  },
};
