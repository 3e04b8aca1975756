import { Pool } from 'pg';
import { LogRetention } from '../../src/audit/log-retention.js';
import { connectionOptions } from '../../src/database/connections.js';
import { WITHOUT_LIMIT } from '../../src/database/silence.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../support/app.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('a job may take longer than a request to move rows into their month', async () => {
  await running.pool.query(`
    create or replace function create_audit_partitions(months_ahead integer) returns integer
    language sql as 'select 1 from pg_sleep(5)'`);
  await inUnitOfWork(() => running.app.get(LogRetention).makeMonths());
});

it('the next transaction on the connection is watched again', async () => {
  const pool = new Pool({
    connectionString: running.config.databaseUrl,
    max: 1,
    ...connectionOptions(200),
  });
  pool.on('error', () => undefined);
  const client = await pool.connect();
  client.on('error', () => undefined);
  try {
    for (const end of ['commit', 'rollback']) {
      await client.query('begin');
      await client.query(WITHOUT_LIMIT);
      await client.query('select pg_sleep(1)');
      await client.query(end);
    }
    // The server has no limit of its own left, so this side ends the connection.
    await client.query('set statement_timeout = 0');
    await expect(client.query('select pg_sleep(30)')).rejects.toThrow();
  } finally {
    client.release(true);
    await pool.end();
  }
});
