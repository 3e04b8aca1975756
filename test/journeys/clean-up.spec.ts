import { CleanUp } from '../../src/jobs/clean-up.js';
import { startApp, type RunningApp } from '../support/app.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const cleanUp = () => running.app.get(CleanUp).run();

async function keysLike(pattern: string): Promise<string[]> {
  const { rows } = await running.pool.query<{ key: string }>(
    'select key from limit_counters where key like $1 order by key',
    [pattern],
  );
  return rows.map(({ key }) => key);
}

describe('clean-up', () => {
  it('deletes in every part of a table, between rows that stay', async () => {
    await running.pool.query(
      `insert into limit_counters
       select 'counter ' || n, 1, genkan_now() + case n % 20000 when 0 then interval '1 hour'
                                                 else interval '-1 second' end
       from generate_series(1, 60000) as n`,
    );
    const size = `select pg_relation_size('limit_counters')::int / 8192 as blocks`;
    const { rows } = await running.pool.query<{ blocks: number }>(size);
    expect(rows[0]!.blocks).toBeGreaterThan(256);
    await cleanUp();
    expect(await keysLike('counter %')).toEqual([
      'counter 20000',
      'counter 40000',
      'counter 60000',
    ]);
  });

  it('removes jobs that failed at their last try a week ago', async () => {
    await running.pool.query(
      `insert into graphile_worker._private_jobs (task_id, attempts, max_attempts, key, updated_at)
       select t.id, j.attempts, 25, j.key, now() - j.age::interval
       from (select min(id) as id from graphile_worker._private_tasks) as t,
            (values ('old', 25, '7 days 1 minute'), ('young', 25, '6 days'),
                    ('waits', 24, '8 days')) as j (key, attempts, age)`,
    );
    await running.pool.query(
      `update graphile_worker._private_jobs set run_at = now() + interval '1 day'`,
    );
    await cleanUp();
    const { rows } = await running.pool.query('select key from graphile_worker.jobs order by key');
    expect(rows).toEqual([{ key: 'waits' }, { key: 'young' }]);
  });
});
