import { migrate } from '../../src/database/migrate.js';
import { migrations } from '../../src/database/migrations/index.js';
import { copyDatabase } from '../support/database.js';
import { contentsOf, schemaOf, without } from './catalogue.js';
import { ADDED, CAME, DROPPED, GONE } from './changed-since-0-1-0.js';
import { connected, id, Upgraded } from './upgraded.js';

/** What is said now of invitations and cases. */
const STATES_NOW = `
  select id, invitation_state(used_at, cancelled_at, replaced_at, ends_at, invited_by, corporation_id)
    as state from invitations
  union all
  select id, enrollment_stage(kind, state, started_at, release_at, probation_ends_at) from enrollments
  order by id`;

/** One for each person who may object, instead of one for each mail. */
const WITNESSES = [
  { id: id('b1'), is_account: true, objected: true, statement: '知らない方です。' },
  { id: id('b2'), is_account: true, objected: false, statement: null },
];

let upgraded: Upgraded;
beforeAll(async () => {
  upgraded = await Upgraded.from010();
});
afterAll(() => upgraded.drop());

describe('the data of 0.1.0 that the test begins with', () => {
  it('fill every column of every table', () => {
    const empty = [...upgraded.before].flatMap(([table, rows]) =>
      Object.keys(rows[0] ?? { nothing: true })
        .filter((column) => rows.every((row) => row[column] === null || row[column] === undefined))
        .map((column) => `${table}.${column}`),
    );
    expect(empty).toEqual([]);
    expect(upgraded.before.size).toBe(31);
  });
});

describe('an upgrade from 0.1.0', () => {
  it('runs what came after 0.1.0 only', () => {
    expect(upgraded.ran).toEqual(migrations.slice(5).map(({ name }) => name));
  });

  it('records the migrations of this version instead of those of 0.1.0', async () => {
    const rows = await upgraded.rows('select name from genkan_migrations order by id');
    expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
  });

  it('has nothing to do a second time', async () => {
    expect(await migrate(upgraded.url)).toEqual([]);
  });

  it('loses nothing', async () => {
    const now = await contentsOf(upgraded.client);
    const kept = [...upgraded.before].filter(([table]) => !GONE.includes(table));
    for (const [table, rows] of kept)
      expect([table, without(now.get(table)!, ADDED[table] ?? [])]).toEqual([
        table,
        without(rows, DROPPED[table] ?? []),
      ]);
    const tables = [...kept.map(([table]) => table), ...CAME];
    expect([...now.keys()].toSorted()).toEqual(tables.toSorted());
  });

  it('says the same of every invitation and case', async () => {
    expect(await upgraded.rows(STATES_NOW)).toEqual(upgraded.statesBefore);
    const states = new Set(upgraded.statesBefore.map(({ state }) => state));
    for (const state of ['live', 'void', 'used', 'cancelled', 'replaced', 'held', 'probation'])
      expect(states).toContain(state);
  });

  it('gives the desk a case of all that waits for it', async () => {
    const waiting = await upgraded.rows(
      `select case_number from enrollments where state in ('review', 'objected') order by 1`,
    );
    expect(await upgraded.rows('select case_number from desk_cases order by 1')).toEqual(waiting);
  });

  it('tells people who are held back from active ones', async () => {
    const rows = await upgraded.rows(
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
    const rows = await upgraded.rows(
      'select login_id from accounts where probation_ends_at is not null',
    );
    expect(rows).toEqual([{ login_id: 'abe' }]);
  });

  it('counts applications from the proof of their mailbox', async () => {
    const rows = await upgraded.rows(
      'select id from enrollments where mailbox_proved_at is distinct from activated_at',
    );
    expect(rows).toEqual([]);
  });

  it('knows who may object, and what they said', async () => {
    const rows = await upgraded.rows(
      `select id, account_id is not null as is_account, objected_at is not null as objected, statement
       from witnesses order by id`,
    );
    expect(rows).toEqual(WITNESSES);
  });

  it('ends with the schema of a new database', async () => {
    const fresh = await copyDatabase();
    const other = await connected(fresh.url);
    try {
      const schema = await schemaOf(upgraded.client);
      expect(schema).toEqual(await schemaOf(other));
      expect(schema.length).toBeGreaterThan(400);
    } finally {
      await other.end();
      await fresh.drop();
    }
  });
});
