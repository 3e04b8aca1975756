import { EntityManager, type Kysely } from '@mikro-orm/postgresql';
import type { CompiledQuery } from 'kysely';
import type { Criteria } from '../../src/accounts/members/criteria.js';
import { PAGE } from '../../src/accounts/members/list/list-pages.js';
import type { ListPosition } from '../../src/accounts/members/list/list-position.js';
import { MemberQuery } from '../../src/accounts/members/list/member-query.js';
import { tables, type Tables } from '../../src/database/tables.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation } from '../support/people.js';

const PEOPLE = 40_000;
/** A page needs 21 rows and a count 1,001; a rare filter may look at a few more. */
const ENOUGH = 2_500;
const EVERYBODY: Criteria = { q: '', role: '', state: '', department: '', factor: '' };

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
}

let running: RunningApp;
let db: Kysely<Tables>;
let big: Corporation;

beforeAll(async () => {
  running = await startApp();
  const { app, people, pool } = running;
  db = tables(app.get(EntityManager));
  big = await people.corporationExists({ corporateNumber: '1', name: '株式会社おおきい' });
  const other = await people.corporationExists({ corporateNumber: '2', name: '株式会社となり' });
  for (const corporation of [big, other]) {
    const loginId = `kanri-${corporation.corporateNumber}`;
    await people.administratorExists({ corporation, loginId, name: '管理 太郎' });
  }
  // Written in one go, the largest index takes a fraction of the time.
  const index = 'account_search_keys_found';
  const { rows } = await pool.query(`select pg_get_indexdef('${index}'::regclass) as definition`);
  await pool.query(`drop index ${index}`);
  await pool.query('alter table account_search_keys disable trigger all');
  for (let from = 1; from <= PEOPLE; from += 20_000) await load(big, from, from + 19_999);
  await load(other, PEOPLE + 1, PEOPLE + 2_000);
  await pool.query(rows[0].definition);
  await pool.query(`
    insert into mail_deliveries (id, kind, account_id, recipient, state)
    select gen_random_uuid(), 'recovered', id, email, 'handed-over' from accounts where corporation_id = '${big.id}'`);
  await pool.query('vacuum analyze');
}, 300_000);
afterAll(() => running.stop());

it.each<[string, Partial<Criteria>]>([
  ['everybody', {}],
  ['the administrators', { role: 'administrator' }],
  ['the staff', { role: 'staff' }],
  ['the active', { state: 'active' }],
  ['the suspended', { state: 'suspended' }],
  ['the deleted', { state: 'deleted' }],
  ['the held', { state: 'held' }],
  ['suspended administrators', { state: 'suspended', role: 'administrator' }],
  ['a department', { department: '第7営業部' }],
  ['one name in a department', { department: '第7営業部', q: '花子37777' }],
  ['those with a second factor', { factor: 'set-up' }],
  ['those without', { factor: 'missing' }],
  ['administrators without', { factor: 'missing', role: 'administrator' }],
  ['one name among those without', { factor: 'missing', q: '花子37777' }],
  ['one name that is there once', { q: '花子37777' }],
  ['a name that everybody has', { q: '花子' }],
  ['one character', { q: 'さ' }],
  ['a login ID', { q: 'ＳＡＴＯ７７７' }],
  ['a domain that everybody has', { q: 'example' }],
  ['what nobody has', { q: '該当なし' }],
  ['a name among the administrators', { q: '花子', role: 'administrator' }],
  ['a name among the suspended', { q: 'サトウ', state: 'suspended' }],
  ['a name among the deleted', { q: 'ｻﾄｳ', state: 'deleted' }],
])('%s: each page reads what it shows, by an index', async (what, given) => {
  const query = new MemberQuery(db, big.id, { ...EVERYBODY, ...given });
  const middle = await middleOf(query);
  for (const place of [undefined, middle, { ...middle, direction: 'before' as const }]) {
    const found = await faultsOf(query.rows(PAGE + 1, place).compile());
    expect([what, place?.direction, found]).toEqual([what, place?.direction, []]);
  }
  expect([what, await faultsOf(query.count(1_000).compile())]).toEqual([what, []]);
});

/** Half of the way through what a query finds, or the place of a page that nobody led to. */
async function middleOf(query: MemberQuery): Promise<ListPosition> {
  const { sql, parameters } = query.rows(PEOPLE).compile();
  const { rows } = await running.pool.query(
    `with found as (${sql}) select key, id from found
     offset (select count(*) / 2 from found) limit 1`,
    [...parameters],
  );
  const { key, id } = rows[0] ?? { key: 'サ', id: big.id };
  return { direction: 'after', number: 2, key, id };
}

/** Nodes that read whole tables, sort or look at more than a page or a capped count needs. */
async function faultsOf({ sql, parameters }: CompiledQuery): Promise<string[]> {
  const { rows } = await running.pool.query(
    `explain (analyze, buffers, timing off, format json) ${sql}`,
    [...parameters],
  );
  const plan = rows[0]['QUERY PLAN'][0].Plan as Node;
  const blocks = plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  const costly = blocks > ENOUGH ? [`${blocks} blocks`] : [];
  const nodes = flat(plan);
  const faults = nodes.flatMap((node) => {
    const looked = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
    const many = looked * node['Actual Loops'] > ENOUGH;
    const whole = node['Node Type'] === 'Seq Scan';
    const sorts = /Sort/.test(node['Node Type']) && node['Actual Rows'] > ENOUGH;
    return many || whole || sorts
      ? [`${node['Node Type']} of ${looked} × ${node['Actual Loops']}`]
      : [];
  });
  return [...costly, ...faults];
}

function flat(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)];
}

/** People of all roles and states, as they come in practice. */
async function load({ id }: Corporation, from: number, to: number): Promise<void> {
  await running.pool.query(
    `insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
       email, email_key, password_hash, held_until, department, second_factor_since)
     select $1, case when n % 500 = 0 then 'administrator' else 'staff' end,
       case when n % 100 = 1 then 'suspended' when n % 10 = 2 then 'deleted' when n % 50 = 3 then 'registered' else 'active' end,
       'sato' || n, 'sato' || n, '佐藤 花子' || n, 'サトウ ハナコ' || n,
       'sato' || n || '@example.jp', '', '', case when n % 5000 = 4 then genkan_now() + interval '1 day' end,
       '第' || n % 100 || '営業部', case when n % 100 = 5 then genkan_now() end
     from generate_series($2::int, $3::int) n`,
    [id, from, to],
  );
}
