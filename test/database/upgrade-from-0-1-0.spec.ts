import { migrate } from '../../src/database/migrate.js';
import { migrations } from '../../src/database/migrations/index.js';
import { copyDatabase } from '../support/database.js';
import { contentsOf, schemaOf, without } from './catalogue.js';
import { connected, id, Upgraded } from './upgraded.js';

/** What is said now of invitations and cases. */
const STATES_NOW = `
  select id, invitation_state(used_at, cancelled_at, replaced_at, ends_at, invited_by, corporation_id)
    as state from invitations
  union all
  select id, enrollment_stage(kind, state, started_at, release_at, probation_ends_at) from enrollments
  order by id`;

/** Columns that went away; their values are looked for in mailed_links. */
const DROPPED: Record<string, string[]> = {
  accounts: ['search_key'],
  corporations: ['search_key'],
  invitations: ['token_hash'],
  email_changes: ['token_hash', 'undo_token_hash'],
};

/** Columns that came; specs below say what stands in them. */
const ADDED: Record<string, string[]> = {
  accounts: [
    'frozen_by_desk',
    'suspended_by',
    'probation_ends_at',
    'second_factor_since',
    'administrator_since',
  ],
  corporations: ['administrators_asked_since', 'everybody_asked_since'],
  devices: ['trusted_until', 'browser'],
  sessions: ['factor_confirmed_at', 'enrols_only', 'factor_given_for'],
  enrollments: [
    'mailbox_proved_at',
    'upheld_by',
    'browser',
    'denied_subject',
    'dismissed_by',
    'granted_at',
    'invoice_refusal',
    'untold_since',
  ],
  flows: ['site'],
  form_submissions: ['site', 'notice', 'holder', 'acted_at'],
  ip_tickets: ['secret_key'],
  transfer_accounts: ['secret_key'],
  mail_deliveries: [
    'asked_from',
    'bounce_class',
    'gives_up_at',
    'link_id',
    'priority',
    'settled_at',
    'turn',
  ],
};

/** Tables that went away; what stood in them stands in those that came. */
const GONE = ['objections', 'probation_acts', 'recoveries', 'tickets'];
const CAME = [
  'appointments',
  'audit_seals',
  'corporation_search_keys',
  'demo_ended_sessions',
  'desk_case_entries',
  'desk_cases',
  'desk_digests',
  'ended_sessions',
  'factor_objectors',
  'factor_removals',
  'former_names',
  'invoices',
  'job_runners',
  'kept_questions',
  'mailed_links',
  'operator_sessions',
  'operator_sign_ins',
  'operators',
  'passkeys',
  'pending_sign_ins',
  'recoveries',
  'recovery_codes',
  'refused_requests',
  'second_factor_minimum',
  'second_factor_reminders',
  'secret_keys',
  'totp_secrets',
  'witnesses',
  'desk_import_lines',
  'desk_import_pieces',
  'desk_imports',
  'operator_contents',
];

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
