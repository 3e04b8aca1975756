import { setTimeout as wait } from 'node:timers/promises';
import { Crowd } from '../crowd.js';
import { check, type Fault } from '../fault.js';
import { checkStart, timeOf } from '../start-time.js';

const PEOPLE = ['sato', 'suzuki', 'takahashi', 'tanaka', 'ito'];
const MAILS_WITHIN_MS = 60_000;

/** Killed while flows are written and mails handed over. */
export const fault: Fault = {
  must: 'kill -9 in a flow: old or new state, start < 5 s, each queued mail goes out within a minute',
  async run(stage) {
    const { pool, mailbox } = stage;
    const rounds = stage.quick ? 2 : 6;
    const began = performance.now();
    let app = await stage.startApplication();
    const usual = Math.round(performance.now() - began);
    let slowest = 0;
    for (let round = 0; round < rounds; round += 1) {
      await pool.query('delete from limit_counters');
      const crowd = new Crowd(app, 8, (asked) => ({
        path: '/password-reset',
        form: { email: `${PEOPLE[asked % PEOPLE.length]}@minato.example` },
        address: `198.51.${round}.${asked & 255}`,
      }));
      // At another moment of the flow each time.
      while (crowd.count(303) < 4) await wait(10);
      await wait(17 * round);
      await app.kill();
      await crowd.stop(0, 303);
      const taken = await timeOf(async () => (app = await stage.startApplication()));
      slowest = Math.max(slowest, taken);
    }
    const killed = performance.now();
    while ((await unsent(stage.pool)) > 0 && performance.now() - killed < MAILS_WITHIN_MS)
      await wait(200);
    const late = Math.round((performance.now() - killed) / 1000);
    const left = await unsent(pool);
    check(left === 0, `${left} mails wait after ${late} s`);
    const { rows } = await pool.query<{ count: number }>(
      'select count(*)::int as count from mail_deliveries',
    );
    const mails = new Set(mailbox.all().map(({ messageId }) => messageId)).size;
    const written = rows[0]!.count;
    check(mails === written, `${written} mails were written, ${mails} came`);
    checkStart(slowest, usual);
    return `${rounds} kills, ${written} mails written, ${mails} came (${mailbox.all().length - mails} twice), the last ${late} s after; starts <= ${slowest} ms`;
  },
};

async function unsent(pool: { query<T>(text: string): Promise<{ rows: T[] }> }): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select ((select count(*) from mail_deliveries where state in ('queued', 'deferred'))
             + (select count(*) from graphile_worker.jobs
                where task_identifier = 'fulfil-recovery'))::int as count`,
  );
  return rows[0]!.count;
}
