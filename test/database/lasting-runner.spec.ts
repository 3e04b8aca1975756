import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Logger, type WorkerEvents } from 'graphile-worker';
import { Pool } from 'pg';
import { LastingRunner } from '../../src/jobs/lasting-runner.js';
import { startApp, type RunningApp } from '../support/app.js';
import { lockIsWaitedFor, until } from '../support/until.js';

let running: RunningApp;
let pool: Pool;
beforeAll(async () => {
  running = await startApp();
  pool = running.app.get(Pool);
});
afterAll(() => running.stop());

describe('two jobs whose ends cannot be written down, the second while the first is tried', () => {
  const LOCK = 4_711;
  const add = `select graphile_worker.add_job('held-up', to_json($1::text))`;

  it('are done again, and later ones follow', async () => {
    const second = Promise.withResolvers<void>();
    const events = new EventEmitter() as WorkerEvents;
    const bothFailed = once(events, 'pool:fatalError').then(() => once(events, 'pool:fatalError'));
    // Once the library has counted both.
    const stopWorker = () => bothFailed.then(() => setImmediate());
    const plugin = { name: 'patient', version: '1', worker: { hooks: { stopWorker } } };
    const done: unknown[] = [];
    const heldUp = async (name: unknown) => {
      if (name === 'second') await second.promise;
      done.push(name);
    };
    const runner = await LastingRunner.begin({
      pgPool: pool,
      taskList: { 'held-up': heldUp },
      concurrency: 2,
      noHandleSignals: true,
      events,
      preset: { plugins: [plugin] },
      logger: new Logger(() => () => undefined),
    });
    await running.pool.query(`
      create function cannot_end() returns trigger language plpgsql as $$
      begin
        if old.payload #>> '{}' not in ('first', 'second') then return old; end if;
        perform pg_advisory_xact_lock(${LOCK});
        raise exception 'no end is written down';
      end $$;
      create trigger cannot_end before delete on graphile_worker._private_jobs
        for each row execute function cannot_end()`);
    const holder = await running.pool.connect();
    await holder.query(`select pg_advisory_lock(${LOCK})`);
    for (const name of ['first', 'second']) await running.pool.query(add, [name]);
    await lockIsWaitedFor(running.pool);
    second.resolve();
    await lockIsWaitedFor(running.pool, { times: 2 });
    await holder.query(`select pg_advisory_unlock(${LOCK})`);
    await running.pool.query('drop trigger cannot_end on graphile_worker._private_jobs');
    holder.release();
    await running.pool.query(add, ['third']);
    await until(() => done.includes('third') && done.length >= 5);
    expect(done.toSorted()).toEqual(['first', 'first', 'second', 'second', 'third']);
    await runner.stop();
  });
});

it('a job runner that cannot be followed at once is followed later', async () => {
  const faulty = new Pool({ connectionString: running.config.databaseUrl, max: 4 });
  faulty.on('error', () => undefined);
  faulty.on('connect', (client) => client.on('error', () => undefined));
  const done: unknown[] = [];
  const work = (name: unknown) => {
    done.push(name);
    return Promise.resolve();
  };
  const runner = await LastingRunner.begin({
    pgPool: faulty,
    taskList: { 'after-faults': work },
    concurrency: 2,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
  });
  let faults = 0;
  await running.pool.query(`
    create function cannot_end_once() returns trigger language plpgsql as $$
    begin
      if old.payload #>> '{}' = 'unwritten' then raise exception 'no end is written down'; end if;
      return old;
    end $$;
    create trigger cannot_end_once before delete on graphile_worker._private_jobs
      for each row execute function cannot_end_once()`);
  const add = `select graphile_worker.add_job('after-faults', to_json($1::text))`;
  await running.pool.query(add, ['unwritten']);
  await until(() => done.includes('unwritten'));
  // The runner ends; the statements with which the next one begins fail three times.
  faulty.query = (() => {
    faults += 1;
    if (faults === 3) faulty.query = Pool.prototype.query.bind(faulty) as Pool['query'];
    return Promise.reject(new Error('the database is away'));
  }) as unknown as Pool['query'];
  await until(() => faults === 3);
  await running.pool.query('drop trigger cannot_end_once on graphile_worker._private_jobs');
  await running.pool.query(add, ['later']);
  await until(() => done.includes('later'));
  await runner.stop();
  await faulty.end();
});
