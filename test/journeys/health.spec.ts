import { startApp, type RunningApp } from '../support/app.js';
import { until } from '../support/until.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp({ trustProxy: ['127.0.0.0/8'] });
});
afterAll(() => running.stop());

const asks = async (path: string, headers: Record<string, string> = {}) => {
  const {
    status,
    text,
    headers: answered,
  } = await running.visitor().sends('GET', path, { headers });
  expect(answered['content-type']).toMatch(/^application\/json/);
  expect(answered['cache-control']).toBe('no-store');
  return { status, body: JSON.parse(text) as Record<string, unknown> };
};

const UP = { status: 'up' };

describe('/health/live', () => {
  it('says that the process answers', async () => {
    expect(await asks('/health/live')).toEqual({ status: 200, body: { status: 'ok' } });
  });
});

describe('/health/ready', () => {
  it('names each part', async () => {
    const details = { database: UP, migrations: UP, drain: UP };
    expect(await asks('/health/ready')).toEqual({ status: 200, body: { status: 'ok', details } });
  });

  it.each(['nonsense', '192.0.2.1:443', '', 'a, b, , ::'])(
    'answers whatever a proxy forwards: %j',
    async (forwarded) => {
      for (const path of ['/health/live', '/health/ready'])
        expect((await asks(path, { 'x-forwarded-for': forwarded })).status).toBe(200);
    },
  );

  it('is not asked for the age of jobs', async () => {
    await running.pool.query(
      `select graphile_worker.add_job('unknown', run_at := now() - interval '1 day')`,
    );
    expect((await asks('/health/ready')).status).toBe(200);
  });

  it('answers 503 as JSON while the database only reads, and again when it writes', async () => {
    const { rows } = await running.pool.query<{ name: string }>(
      'select current_database() as name',
    );
    const settings = (value: string) =>
      running.pool.query(
        `begin read write;
         alter database ${rows[0]!.name} set default_transaction_read_only = ${value};
         commit;
         select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'genkan-probe'`,
      );
    await settings('on');
    // Its connection was just ended, which it may notice by asking.
    await until(async () => JSON.stringify(await asks('/health/ready')).includes('read-only'));
    const { status, body } = await asks('/health/ready');
    expect([status, body.status]).toEqual([503, 'error']);
    const database = { status: 'down', reason: 'read-only' };
    expect(body.details).toEqual({ database, migrations: UP, drain: UP });
    expect((await asks('/health/live')).status).toBe(200);
    await settings('off');
    await until(async () => (await asks('/health/ready')).status === 200);
  });

  it('knows pending migrations from those that ran', async () => {
    await running.pool.query('alter table genkan_migrations rename to others');
    await running.restart();
    const { status, body } = await asks('/health/ready');
    expect(status).toBe(503);
    const migrations = { status: 'down', reason: 'pending' };
    expect(body.details).toEqual({ database: UP, migrations, drain: UP });
    await running.pool.query('alter table others rename to genkan_migrations');
    expect((await asks('/health/ready')).status).toBe(200);
  });
});

describe('an address that nobody can read', () => {
  it('is no fault of the visitor, and the page says so', async () => {
    const headers = { 'x-forwarded-for': 'nonsense' };
    const answer = await running.visitor().sends('GET', '/login', { headers });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('入力した内容の誤りではありません');
    expect(answer.text).not.toContain('もう一度入力してください');
  });
});
