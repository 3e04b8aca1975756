import { Client } from 'pg';
import { migrate } from '../../src/database/migrate.js';
import { migrations } from '../../src/database/migrations/index.js';
import { copyDatabase, emptyDatabase, type DatabaseCopy } from '../support/database.js';
import { contentOf } from '../support/sentences.js';
import { contentsOf, schemaOf, without, type Row } from './catalogue.js';

/** What 0.1.0 said of invitations and cases, and what is said now. */
const STATES_BEFORE = `
  select i.id, invitation_state(i) as state from invitations i
  union all select id, stage from enrollment_stages order by id`;
const STATES_NOW = `
  select id, invitation_state(used_at, cancelled_at, replaced_at, ends_at, invited_by, corporation_id)
    as state from invitations
  union all
  select id, enrollment_stage(state, started_at, release_at, probation_ends_at) from enrollments
  order by id`;

/** Columns that went away; their values are looked for in mailed_links. */
const DROPPED: Record<string, string[]> = {
  accounts: ['search_key'],
  corporations: ['search_key'],
  objections: ['token_hash'],
  invitations: ['token_hash'],
  email_changes: ['token_hash', 'undo_token_hash'],
};

/** Columns that came; specs below say what stands in them. */
const ADDED: Record<string, string[]> = {
  accounts: ['suspended_by', 'probation_ends_at'],
};

let database: DatabaseCopy;
let client: Client;
let before: Map<string, Row[]>;
let statesBefore: Row[];
let ran: string[];
beforeAll(async () => {
  database = await emptyDatabase();
  client = await connected(database.url);
  await client.query(contentOf('test/database/0.1.0-schema.sql'));
  await client.query(contentOf('test/database/0.1.0-data.sql'));
  before = await contentsOf(client);
  statesBefore = (await client.query<Row>(STATES_BEFORE)).rows;
  ran = await migrate(database.url);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function connected(url: string): Promise<Client> {
  const opened = new Client(url);
  await opened.connect();
  return opened;
}

/** The id that the data write as `pg_temp.id(short)`. */
const id = (short: string) =>
  short.padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const moment = (column: string) =>
  `coalesce(to_char(${column} at time zone 'Asia/Tokyo', 'MM-DD HH24'), '') as ${column}`;

describe('the data of 0.1.0 that the test begins with', () => {
  it('fill every column of every table', () => {
    const empty = [...before].flatMap(([table, rows]) =>
      Object.keys(rows[0] ?? { nothing: true })
        .filter((column) => rows.every((row) => row[column] === null || row[column] === undefined))
        .map((column) => `${table}.${column}`),
    );
    expect(empty).toEqual([]);
    expect(before.size).toBe(31);
  });
});

describe('an upgrade from 0.1.0', () => {
  it('runs what came after 0.1.0 only', () => {
    expect(ran).toEqual(migrations.slice(5).map(({ name }) => name));
  });

  it('records the migrations of this version instead of those of 0.1.0', async () => {
    const { rows } = await client.query<Row>('select name from genkan_migrations order by id');
    expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
  });

  it('has nothing to do a second time', async () => {
    expect(await migrate(database.url)).toEqual([]);
  });

  it('loses nothing', async () => {
    const now = await contentsOf(client);
    const kept = [...before].filter(([table]) => table !== 'tickets' && table !== 'recoveries');
    for (const [table, rows] of kept)
      expect([table, without(now.get(table)!, ADDED[table] ?? [])]).toEqual([
        table,
        without(rows, DROPPED[table] ?? []),
      ]);
    expect([...now.keys()].toSorted()).toEqual(
      [...kept.map(([table]) => table), 'mailed_links', 'recoveries'].toSorted(),
    );
  });

  it('says the same of every invitation and case', async () => {
    expect((await client.query<Row>(STATES_NOW)).rows).toEqual(statesBefore);
    const states = new Set(statesBefore.map(({ state }) => state));
    for (const state of ['live', 'void', 'used', 'cancelled', 'replaced', 'held', 'probation'])
      expect(states).toContain(state);
  });

  it('tells people who are held back from active ones', async () => {
    const { rows } = await client.query<Row>(
      `select login_id, account_state_now(state, held_until) as state from accounts
       where login_id in ('Sato.H', 'suzuki', 'ito', 'kato') order by login_id`,
    );
    expect(rows).toEqual([
      { login_id: 'Sato.H', state: 'active' },
      { login_id: 'ito', state: 'suspended' },
      { login_id: 'kato', state: 'deleted' },
      { login_id: 'suzuki', state: 'held' },
    ]);
  });

  it('knows newcomers by the end of their probation', async () => {
    const { rows } = await client.query<Row>(
      'select login_id from accounts where probation_ends_at is not null',
    );
    expect(rows).toEqual([{ login_id: 'abe' }]);
  });

  it('ends with the schema of a new database', async () => {
    const fresh = await copyDatabase();
    const other = await connected(fresh.url);
    try {
      const upgraded = await schemaOf(client);
      expect(upgraded).toEqual(await schemaOf(other));
      expect(upgraded.length).toBeGreaterThan(400);
    } finally {
      await other.end();
      await fresh.drop();
    }
  });
});

describe('the links that were mailed by 0.1.0', () => {
  /** Purpose, subject, hash, created, ends, used, replaced; the moments as month, day and hour. */
  const LINKS: [string, string, string, string, string, string?, string?][] = [
    ['activation', id('a1'), 'activation used', '01-06 09', '01-07 09', '01-06 10'],
    ['activation', id('a4'), 'activation live', '03-01 09', '03-02 09'],
    ['activation', id('a4'), 'activation replaced', '02-28 09', '03-01 09', '', '03-01 09'],
    ['email-proof', id('91'), 'proof pending', '03-01 09', '03-02 09'],
    ['email-proof', id('92'), 'proof voided', '02-28 09', '03-01 09', '', '03-01 09'],
    ['email-proof', id('93'), 'proof proved', '03-01 09', '03-02 09', '03-01 10'],
    ['email-proof', id('94'), 'proof undone', '02-01 09', '02-02 09', '02-01 10'],
    ['email-proof', id('95'), 'proof objected', '02-20 09', '02-21 09', '02-20 10'],
    ['email-undo', id('93'), 'undo live', '03-01 10', '03-04 10'],
    ['email-undo', id('94'), 'undo used', '02-01 10', '02-04 10', '02-02 10'],
    ['email-undo', id('95'), 'undo voided', '02-20 10', '02-23 10', '', '02-21 10'],
    ['invitation', id('11'), 'invitation open', '03-01 09', '03-08 09'],
    ['invitation', id('12'), 'invitation used', '02-06 09', '02-13 09', '02-07 09'],
    ['invitation', id('13'), 'invitation cancelled', '03-01 09', '03-08 09', '', '03-01 11'],
    ['invitation', id('14'), 'invitation replaced', '02-28 09', '03-07 09', '', '03-01 09'],
    ['invitation', id('15'), 'invitation expired', '02-01 09', '02-08 09'],
    ['invitation', id('16'), 'invitation void', '03-01 09', '03-08 09'],
    ['objection', id('b1'), 'objection made', '03-01 09', '03-14 09'],
    ['objection', id('b2'), 'objection open', '02-14 09', '03-16 09'],
    ['recovery', 'aa01', 'recovery armed', '03-01 09', '03-02 09'],
    ['recovery', 'aa01', 'recovery used', '02-01 09', '02-02 09', '02-01 09'],
    ['sign-in-report', id('a1'), 'report live', '03-01 09', '03-08 09'],
  ];

  it('go on with their hashes and deadlines', async () => {
    const { rows } = await client.query<Row>(
      `select purpose, subject, encode(token_hash, 'escape') as hash,
              ${['created_at', 'ends_at', 'used_at', 'replaced_at'].map(moment).join()}
       from mailed_links where subject <> 'aa02'`,
    );
    const found = rows.map((row) => Object.values(row).join('; '));
    const expected = LINKS.map(([...values]) =>
      [...values, ...Array<string>(7 - values.length).fill('')].join('; '),
    );
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  it('are joined by hashes of nothing for requests that never got a link', async () => {
    const { rows } = await client.query<Row>(
      `select l.id, length(l.token_hash) as bytes, l.replaced_at is null as live, r.email_key,
              r.code_tries
       from mailed_links l join recoveries r on r.link_id = l.id
       where l.purpose = 'recovery' and l.subject = 'aa02' order by l.id`,
    );
    expect(rows).toEqual([
      { id: id('e2'), bytes: 32, live: true, email_key: null, code_tries: 1 },
      { id: id('e4'), bytes: 32, live: false, email_key: null, code_tries: 0 },
    ]);
  });

  it('keep the codes of recoveries', async () => {
    const { rows } = await client.query<Row>(
      `select link_id, email_key, encode(code_hash, 'escape') as code, code_tries,
              code_first_tried_at is not null as tried
       from recoveries where email_key is not null order by link_id`,
    );
    const email_key = 'smith@sakura.example.jp';
    expect(rows).toEqual([
      { link_id: id('e1'), email_key, code: 'code armed', code_tries: 2, tried: true },
      { link_id: id('e3'), email_key, code: 'code used', code_tries: 0, tried: false },
    ]);
  });
});
