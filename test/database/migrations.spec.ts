import { Client, Pool } from 'pg';
import { migrate, pendingMigrations } from '../../src/database/migrate.js';
import { migrations } from '../../src/database/migrations/index.js';
import { UpgradeRefused } from '../../src/database/upgrade-from-0-1-0.js';
import { emptyDatabase, type DatabaseCopy } from '../support/database.js';

const NAMES = migrations.map(({ name }) => name);
const FUNCTIONS = NAMES.at(-1)!;

let database: DatabaseCopy;
let pool: Pool;
beforeEach(async () => {
  database = await emptyDatabase();
  pool = new Pool({ connectionString: database.url, max: 2 });
  // The database may be dropped before the server has seen the last connection end.
  pool.on('error', () => undefined);
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const moveClock = () =>
  pool.query(
    `create or replace function genkan_now() returns timestamptz
     language sql stable parallel safe as $$select timestamptz '2030-01-01 00:00+00'$$`,
  );

const year = async () =>
  (await pool.query<{ year: number }>('select extract(year from genkan_now())::int as year'))
    .rows[0]!.year;

describe('an empty database', () => {
  it('gets every migration once, also from several who start together', async () => {
    expect(await pendingMigrations(pool)).toEqual(NAMES);
    const runs = await Promise.all([migrate(database.url), migrate(database.url)]);
    expect(runs.toSorted((a, b) => a.length - b.length)).toEqual([[], NAMES]);
    expect(await pendingMigrations(pool)).toEqual([]);
    const { rows } = await pool.query(`select to_regclass('graphile_worker.jobs') as jobs`);
    expect(rows).toEqual([{ jobs: 'graphile_worker.jobs' }]);
  });

  it('gets constraints with the names that the ORM gives them', async () => {
    await migrate(database.url);
    const { rows } = await pool.query<{ type: string; names: string[] }>(
      `select contype as type, array_agg(conname::text order by conname) as names
       from pg_constraint where connamespace = 'public'::regnamespace and contype in ('f', 'u')
       group by contype order by contype`,
    );
    const [foreign, unique] = rows.map(({ names }) => names);
    expect(foreign!.filter((name) => !name.endsWith('_foreign'))).toEqual([]);
    expect(foreign).toContain('ip_versions_confirmed_by_foreign');
    expect(unique).toEqual([
      'accounts_login_id_key_unique',
      'corporations_corporate_number_unique',
      'demo_mails_message_id_unique',
      'desk_cases_case_number_unique',
      'enrollments_case_number_unique',
      'ip_versions_corporation_id_number_unique',
      'mailed_links_token_hash_unique',
      'operator_sign_ins_operator_id_browser_unique',
      'operators_login_id_key_unique',
      'passkeys_credential_id_unique',
      'pending_sign_ins_id_unique',
      'totp_secrets_account_id_unique',
      'totp_secrets_operator_id_unique',
      'witnesses_enrollment_id_account_id_unique',
    ]);
  });
});

describe('the rules in the database', () => {
  beforeEach(() => migrate(database.url));

  it('are left alone while this version or a newer one installed them', async () => {
    await moveClock();
    await pool.query(`insert into genkan_migrations (name) values ('functions-newer')`);
    expect(await migrate(database.url)).toEqual([]);
    expect(await year()).toBe(2030);
  });

  it('are installed again when they differ from what was installed', async () => {
    await moveClock();
    await pool.query(`update genkan_migrations set name = 'functions-older' where name = $1`, [
      FUNCTIONS,
    ]);
    expect(await pendingMigrations(pool)).toEqual([FUNCTIONS]);
    expect(await migrate(database.url)).toEqual([FUNCTIONS]);
    expect(await year()).not.toBe(2030);
  });
});

describe('addresses of a former version', () => {
  it('get one form of their domain; what may come back keeps the recipient of its return path', async () => {
    await migrate(database.url);
    const written = `
      insert into corporations (corporate_number, name, name_kana, billing_email) values
        ('1', 'a', '', 'Keiri@xn--eckwd4c7c.example'), ('2', 'b', '', 'keiri@ドメイン.example'),
        ('3', 'c', '', 'keiri@XN--zz--zz.jp'), ('4', 'd', '', 'keiri@example.jp'), ('5', 'e', '', null);
      insert into mail_deliveries (id, kind, recipient, state, finished_at)
      select gen_random_uuid(), 'x', 'keiri@xn--eckwd4c7c.example', state, now() - age
      from (values ('bounced', interval '0'), ('handed-over', '9 days'), ('handed-over', '0'),
        ('queued', null)) mails (state, age);
      delete from genkan_migrations where name like '073%'`;
    await pool.query(written);
    expect(await migrate(database.url)).toEqual(['073-domains-in-one-form']);
    const stored = async (query: string) =>
      (await pool.query<{ address: string | null }>(query)).rows.map(({ address }) => address);
    expect(
      await stored('select billing_email address from corporations order by corporate_number'),
    ).toEqual([
      'Keiri@ドメイン.example',
      'keiri@ドメイン.example',
      'keiri@xn--zz--zz.jp',
      'keiri@example.jp',
      null,
    ]);
    expect(
      await stored('select recipient address from mail_deliveries order by state, finished_at'),
    ).toEqual([
      'keiri@ドメイン.example',
      'keiri@ドメイン.example',
      'keiri@xn--eckwd4c7c.example',
      'keiri@xn--eckwd4c7c.example',
    ]);
  });
});

describe('a database older than 0.1.0', () => {
  it('is refused with a sentence and stays as it is', async () => {
    const client = new Client(database.url);
    await client.connect();
    await client.query(`
      create table genkan_migrations (id serial primary key, name varchar(255) not null,
        executed_at timestamptz not null default now());
      insert into genkan_migrations (name) values ('001-clock'), ('019-environments')`);
    await client.end();
    const refused = migrate(database.url);
    await expect(refused).rejects.toBeInstanceOf(UpgradeRefused);
    await expect(refused).rejects.toThrow(
      'it stopped at 019-environments. Start Genkan 0.1.0 on it once, then this version.',
    );
    const { rows } = await pool.query('select name from genkan_migrations order by id');
    expect(rows).toEqual([{ name: '001-clock' }, { name: '019-environments' }]);
    const { rowCount } = await pool.query(`select from pg_tables where tablename = 'accounts'`);
    expect(rowCount).toBe(0);
  });
});
