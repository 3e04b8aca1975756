import { setTimeout as wait } from 'node:timers/promises';
import { Crowd } from '../crowd.js';
import { check, type Fault } from '../fault.js';
import { SLOTS, usableSlots } from '../slots.js';

export const fault: Fault = {
  must: '503 while it lasts, no 500, no exit, no slot lost, healed within 2 s',
  async run(stage) {
    const { pool, database } = stage;
    const rounds = stage.quick ? 3 : 10;
    const app = await stage.startApplication();
    const cookie = await app.signIn();
    const crowd = new Crowd(app, 24, (asked) => {
      const address = `198.51.${(asked >> 8) & 255}.${asked & 255}`;
      return { path: '/password-reset', form: { email: 'sato@minato.example' }, address };
    });
    let slowest = 0;
    for (let round = 0; round < rounds && app.isRunning; round += 1) {
      await pool.query(`select graphile_worker.add_job('clean-up') from generate_series(1, 9)`);
      await wait(300);
      await database.stop();
      await wait(200);
      await database.start();
      slowest = Math.max(slowest, await app.until(200, { path: '/', cookie }));
    }
    await crowd.stop();
    const seen = `${rounds} restarts, answers ${crowd.tally}, healed in ${Math.round(slowest)} ms`;
    check(app.isRunning, `the process ended with ${app.exitCode}; ${seen}`);
    check(crowd.count(200, 303, 503) === crowd.count(...crowd.statuses.keys()), seen);
    check(slowest < 2_000, seen);
    const slots = await usableSlots(stage, app, cookie);
    check(slots >= SLOTS - 1, `${slots} of ${SLOTS} slots usable; ${seen}`);
    return `${seen}, ${slots} of ${SLOTS} slots usable (one listens)`;
  },
};
