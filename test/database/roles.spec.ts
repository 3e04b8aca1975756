import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { inTerminal } from '../support/command.js';
import { copyDatabase, type DatabaseCopy } from '../support/database.js';
import { contentOf } from '../support/sentences.js';

const role = `genkan_app_${randomBytes(4).toString('hex')}`;
const SETTINGS = {
  SMTP_URL: 'smtp://127.0.0.1:1',
  SECRET_KEY: 'a secret of the tests, which is 32 bytes long or more',
  PUBLIC_URL: 'https://127.0.0.1:1',
  MAIL_FROM: 'noreply@example.jp',
  OPERATOR_NAME: '見本',
  DESK_MAIL: 'desk@example.jp',
  DESK_PHONE: '03',
};

let database: DatabaseCopy;
let owner: Pool;
let application: Pool;
let url: string;
beforeAll(async () => {
  database = await copyDatabase();
  owner = new Pool({ connectionString: database.url, max: 1 });
  await owner.query(`create role ${role} login password 'secret'`);
  const own = new URL(database.url.replace(/^(postgres:\/\/)[^@]*@/, `$1${role}:secret@`));
  url = own.href;
  application = new Pool({ connectionString: url, max: 1 });
});
afterAll(async () => {
  await application.end();
  await owner.query(`drop owned by ${role}`);
  await owner.query(`drop role ${role}`);
  await owner.end();
  await database.drop();
});

/** The statements of the operators' guide, for this role. */
const grants = () => {
  const guide = contentOf('docs/operations.md');
  const [, sql = ''] = /## Database roles[^]*?```sql\n([^]*?)```/.exec(guide)!;
  expect(sql).toContain('grant usage on schema');
  return sql.replaceAll('genkan_app', role);
};

const doctor = async () => (await inTerminal(['doctor'], { ...SETTINGS, DATABASE_URL: url })).out;

it('says without a stack that rights are missing, and which', async () => {
  const bare = await doctor();
  expect(bare).toMatch(
    /^fail {2}database: The database refuses: permission denied for table genkan_migrations\. Run the statements of "Database roles"/m,
  );
  expect(bare).toMatch(/^fail {2}database: its role lacks \d+ rights, e\.g\. function /m);
  expect(bare).toMatch(/^fail {2}jobs: .*permission denied/m);
  await owner.query(grants());
  await owner.query(`revoke insert on sessions from ${role}`);
  const out = await doctor();
  expect(out).toMatch(
    /^fail {2}database: its role lacks 1 rights, e\.g\. table sessions \(insert\)\./m,
  );
  await owner.query(`revoke select on genkan_migrations from ${role}`);
  expect(await doctor()).toMatch(
    /^fail {2}database: its role lacks 2 rights, e\.g\. table genkan_migrations \(select\), table/m,
  );
  expect(out).not.toMatch(/^\s+at /m);
  await owner.query(grants());
  expect(await doctor()).toMatch(/^ok {4}database: its role has all rights/m);
});

it('lets the application write the log, make and drop its months, and nothing else', async () => {
  const insert = `insert into audit_entries (act, reason) values ('sign-in', 'done')`;
  await application.query(insert);
  await owner.query(
    `create or replace function genkan_now() returns timestamptz
     language sql stable parallel safe as $$select now() + interval '40 months'$$`,
  );
  await application.query(insert);
  const made = await application.query('select create_audit_partitions(3) as made');
  expect(made.rows).toEqual([{ made: expect.any(Number) }]);
  const dropped = await application.query('select drop_audit_partition(36) as name');
  expect(dropped.rows).toEqual([{ name: 'audit_entries_first' }]);
  const left = await application.query('select from audit_entries');
  expect(left.rowCount).toBe(1);
  for (const table of ['audit_entries', 'audit_entries_rest'])
    for (const statement of [`delete from ${table}`, `drop table ${table}`, `truncate ${table}`])
      await expect(application.query(statement)).rejects.toMatchObject({ code: '42501' });
});

const commandsOf = async (DATABASE_URL: string) => {
  const settings = { ...SETTINGS, DATABASE_URL, START_WAIT_SECONDS: '0' };
  return Promise.all([
    inTerminal(['migrate'], settings),
    inTerminal(['account', 'show', 'x'], settings),
  ]);
};

it.each([
  [
    'rights that are missing',
    () => owner.query(`revoke select on genkan_migrations from ${role}`).then(() => url),
    /^The database refuses: permission denied for table genkan_migrations\. Run the statements of /,
  ],
  [
    'a wrong password',
    async () => url.replace(':secret@', ':wrong@'),
    /^The database refuses: password authentication failed .*\. Correct the name and the password/,
  ],
  [
    'a database that is not there',
    async () => `${url}_absent`,
    /^The database refuses: database ".*_absent" does not exist\. Create it /,
  ],
])('commands say in one line what to do about %s', async (_, prepared, words) => {
  for (const { exitCode, err } of await commandsOf(await prepared())) {
    expect(exitCode).toBe(1);
    expect(err).toMatch(words);
    expect(err.split('\n')).toHaveLength(2);
  }
});
