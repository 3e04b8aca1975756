import { check, type Fault } from '../fault.js';

const LEFT = `select count(*)::int as count from limit_counters where key like 'many %'`;
const JOBS = `select from graphile_worker.jobs where task_identifier = 'clean-up'`;

export const fault: Fault = {
  must: 'in batches, each under the limit, resumable',
  async run(stage) {
    const { pool, quick } = stage;
    const many = quick ? 500_000 : 6_000_000;
    const app = await stage.startApplication();
    await pool.query(
      `insert into limit_counters
       select 'many ' || n, 1, now() - interval '1 minute' from generate_series(1, $1::int) as n`,
      [many],
    );
    const began = performance.now();
    await pool.query(`select graphile_worker.add_job('clean-up')`);
    let slowest = 0;
    while ((await pool.query(JOBS)).rowCount !== 0)
      slowest = Math.max(slowest, (await app.ask({ path: '/login' })).seconds);
    const seconds = (performance.now() - began) / 1000;
    const { rows } = await pool.query<{ count: number }>(LEFT);
    check(rows[0]!.count === 0, `${rows[0]!.count} rows are left`);
    return `${many} rows in ${seconds.toFixed(1)} s; pages meanwhile within ${Math.round(slowest * 1000)} ms`;
  },
};
