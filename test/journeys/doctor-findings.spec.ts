import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { SMTPServer } from 'smtp-server';
import { COUNTER_CONNECTIONS } from '../../src/limits/counter-pool.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { until } from '../support/until.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
  await operator.types('review', 'list');
});
afterAll(() => running.stop());

/** The doctor's lines with these settings; none of them is a part of a stack. */
async function findings(settings: Record<string, string> = {}): Promise<string> {
  const { out, err } = await operator.typesWith(settings, 'doctor');
  expect(out + err).not.toMatch(/^\s+at /m);
  return out;
}

const OTHER_KEY = 'another secret of the tests, 32 bytes long or even more';

it('names the rooms that are fine', async () => {
  const out = await findings();
  for (const [about, sentence] of [
    ['database', 'it takes writes'],
    ['database', 'its role has all rights'],
    ['secrets', "SECRET_KEY is the database's own"],
    ['log', 'it has 4 months'],
    ['jobs', 'none was given up'],
  ])
    expect(out).toMatch(new RegExp(`^ok {4}${about}: ${sentence}`, 'm'));
});

it('finds a foreign key, and what waits for a former one', async () => {
  expect(await findings({ SECRET_KEY: OTHER_KEY })).toMatch(
    /^fail {2}secrets: SECRET_KEY \([\da-f]{16}\) is not the key of this database/m,
  );
  const { SECRET_KEY = '' } = operator.environment;
  const given = { corporateNumber: '41', name: '株式会社さくら' };
  const { id } = await running.people.corporationExists(given);
  const change = `update transfer_accounts set secret_key = $1 where corporation_id = $2`;
  await running.pool.query(change, ['0123456789abcdef', id]);
  expect(await findings()).toMatch(
    /^fail {2}secrets: 1 transfer accounts of 1 companies were made/m,
  );
  const both = { SECRET_KEY_PREVIOUS: OTHER_KEY, SECRET_KEY };
  expect(await findings(both)).toMatch(/^warn {2}secrets: 1 .* keep SECRET_KEY_PREVIOUS/m);
  await running.pool.query(change, [null, id]);
  expect(await findings(both)).toMatch(/^warn {2}secrets: nothing waits .* take it away/m);
});

it('finds a database that takes no writes', async () => {
  const name = new URL(running.config.databaseUrl).pathname.slice(1);
  await running.pool.query(`alter database ${name} set default_transaction_read_only = on`);
  try {
    const { exitCode, out } = await operator.types('doctor');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^fail {2}database: it is read-only: a standby/m);
  } finally {
    await running.pool.query(`alter database ${name} reset default_transaction_read_only`);
  }
});

it('finds that no table waits for the coming month', async () => {
  await running.clock.advance('100 days');
  expect(await findings()).toMatch(
    /^warn {2}log: no table waits .* "select create_audit_partitions/m,
  );
  await running.clock.reset();
});

it('finds jobs whose process is gone, and those that were given up', async () => {
  await running.pool.query(`select graphile_worker.add_job('nobody-does-this', max_attempts := 1)`);
  const change = (set: string) =>
    running.pool.query(`update graphile_worker._private_jobs set ${set}
      where task_id = (select id from graphile_worker._private_tasks where identifier = 'nobody-does-this')`);
  await change(`locked_at = now() - interval '11 minutes', locked_by = 'gone'`);
  expect(await findings()).toMatch(/^fail {2}jobs: 1 are in hand for more than 10 min/m);
  await change(
    `locked_at = null, locked_by = null, attempts = 1, last_error = e'broken\n    at x'`,
  );
  expect(await findings()).toMatch(/^warn {2}jobs: 1 were given up .* nobody-does-this: broken\./m);
});

it('finds a relay that refuses our password', async () => {
  const relay = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_, __, callback) => callback(new Error('535 no')),
  });
  relay.on('error', () => undefined);
  const listening = once(relay.server, 'listening');
  relay.listen(0, '127.0.0.1');
  await listening;
  const { port } = relay.server.address() as AddressInfo;
  const out = await findings({ SMTP_URL: `smtp://genkan:wrong@127.0.0.1:${port}` });
  expect(out).toMatch(
    /^fail {2}mail: 127\.0\.0\.1:\d+ does not take mail: .* It refuses our name or/m,
  );
  await new Promise<void>((resolve) => relay.close(() => resolve()));
});

const set = (what: string) =>
  running.pool.query(`update mail_deliveries set ${what} where recipient like '%doctor%'`);

describe('of mails it finds', () => {
  afterEach(async () => {
    await set(`state = 'suppressed', sealed_message = null`);
    await running.mailbox.comesBack();
    running.mailbox.behaves('works');
  });

  it('that the server is away, and those that somebody waits for', async () => {
    await running.mailbox.goesDown();
    await operator.types('mail', 'test', 'sato@doctor.example');
    await set(`created_at = created_at - interval '61 seconds'`);
    const out = await findings();
    expect(out).toMatch(
      /^fail {2}mail: mails are held back, because the mail server cannot .* \(connect ECONNREFUSED/m,
    );
    expect(out).toMatch(/^warn {2}mail: 1 mails that somebody waits for .* for 6\d s\)/m);
  });

  it('that the server refuses all of them by a rule', async () => {
    running.mailbox.behaves('denies-relay');
    for (const domain of ['a', 'b', 'c']) {
      expect(await findings()).not.toContain('refuses every mail');
      await operator.types('mail', 'test', `sato@doctor-${domain}.example`);
    }
    expect(await findings()).toMatch(/^fail {2}mail: .* refuses every mail .* \(3 domains, 554 5/m);
  });

  it('times that have not come yet, and counts no minutes below zero', async () => {
    running.mailbox.behaves(451);
    await operator.types('mail', 'test', 'sato@doctor.example');
    await set(
      `created_at = now() + interval '2 hours', next_attempt_at = now() + interval '2 hours'`,
    );
    const out = await findings();
    expect(out).toMatch(/^warn {2}mail: 1 waiting mails have a time in the future/m);
    expect(out).toMatch(/^ok {4}mail: 1 mails wait, the oldest for 0 min/m);
  });
});

it('warns of a public address where nobody answers', async () => {
  const out = await findings({ PUBLIC_URL: 'https://127.0.0.1:1' });
  expect(out).toMatch(/^warn {2}public URL: https:\/\/127\.0\.0\.1:1 cannot be reached from here/m);
});

it('counts the processes and their pools by their names, and what others hold', async () => {
  const { databasePool, databaseUrl } = running.config;
  const beside = ['0123abcd', '0123abcd', '4567ef01'].map(
    (id) =>
      new Client({ connectionString: databaseUrl, application_name: `genkan web ${id} of 300` }),
  );
  for (const client of beside) await client.connect();
  const out = await findings({ WEB_CONCURRENCY: '40' });
  expect(out).toMatch(
    new RegExp(
      `^warn {2}database: \\d+ connections are allowed, \\d+ may be needed; running processes of ` +
        `Genkan: 3 \\(up to ${600 + databasePool + COUNTER_CONNECTIONS} connections\\), other connections: \\d+\\. Raise`,
      'm',
    ),
  );
  for (const client of beside) await client.end();
});

it('says that nothing runs, and what a start would need', async () => {
  await running.app.close();
  const left = `select from pg_stat_activity
                where datname = current_database() and application_name like 'genkan web %'`;
  await until(async () => (await running.pool.query(left)).rowCount === 0);
  expect(await findings()).toMatch(
    /^ok {4}database: no process of Genkan is running\. \d+ connections are allowed, \d+ are/m,
  );
  expect(await findings({ DATABASE_POOL: '400' })).toMatch(
    /^warn {2}database: no process of Genkan is running\. A start with these settings and \d+ other/m,
  );
  await running.start();
});
