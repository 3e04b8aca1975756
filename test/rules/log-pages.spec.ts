import { EntityManager, type Kysely } from '@mikro-orm/postgresql';
import type { LogCriteria } from '../../src/log/query/log-criteria.js';
import type { LogPosition } from '../../src/log/query/log-position.js';
import { LogQuery } from '../../src/log/query/log-query.js';
import { tables, type Tables } from '../../src/database/tables.js';
import { startApp, type RunningApp } from '../support/app.js';

const ROWS = 60_000;
/** A page has 31 rows with their names, from ranges of up to a dozen acts in four months. */
const ENOUGH_BLOCKS = 900;
/** A month that has hardly begun is read as a whole, and rightly. */
const FEW_BLOCKS = 10;
const PERSON = '00000000-0000-4000-8000-000000000001';

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Node[];
}

let running: RunningApp;
let db: Kysely<Tables>;
let corporationId: string;

beforeAll(async () => {
  running = await startApp();
  const { app, people, pool } = running;
  db = tables(app.get(EntityManager));
  await pool.query('select create_audit_partitions(3)');
  const given = { corporateNumber: '1', name: '株式会社おおきい' };
  corporationId = (await people.corporationExists(given)).id;
  const other = await people.corporationExists({ corporateNumber: '2', name: '株式会社となり' });
  for (const id of [corporationId, other.id])
    await pool.query(
      `insert into audit_entries (at, corporation_id, account_id, act, reason, address, facts)
       select genkan_now() + n * interval '90 days' / ${ROWS}, $1,
         format('00000000-0000-4000-8000-%s', lpad((n % 900)::text, 12, '0'))::uuid,
         case when n % 20000 = 7 then 'corporation-opening' when n % 3 = 0 then 'account-change'
              else 'sign-in' end, 'done', format('10.0.%s.%s', n % 700 / 250, n % 250)::inet,
         case when n % 5000 = 9 then '{"operator": "田村"}' else '{}' end::jsonb
       from generate_series(1, ${ROWS}) n`,
      [id],
    );
  await pool.query('vacuum analyze');
}, 300_000);
afterAll(() => running.stop());

it.each<[string, LogCriteria]>([
  ['everything', {}],
  ['one person', { accountIds: [PERSON] }],
  ['a rare kind', { topic: 'contract' }],
  ['a common kind', { topic: 'people' }],
  ['an address', { address: '10.0.1.5' }],
  ['the desk', { byDesk: true }],
])('%s: each page reads what it shows, by its index', async (_, criteria) => {
  const { rows } = await running.pool.query<{ now: Date }>(
    `select genkan_now() + interval '91 days' as now`,
  );
  const { now } = rows[0]!;
  const middle = new Date(now.getTime() - 45 * 86_400_000).toISOString().replace('Z', '000Z');
  const places: (LogPosition | undefined)[] = [
    undefined,
    { direction: 'older', at: middle, id: '1' },
    { direction: 'newer', at: middle, id: '1' },
  ];
  for (const place of places) {
    const query = new LogQuery({ corporationId }, criteria, now);
    const { sql, parameters } = query.rows(31, place).compile(db);
    const { rows: plans } = await running.pool.query(
      `explain (analyze, buffers, timing off, format json) ${sql}`,
      [...parameters],
    );
    const plan = plans[0]['QUERY PLAN'][0].Plan as Node;
    const whole = nodesOf(plan).filter(
      (node) =>
        node['Node Type'] === 'Seq Scan' &&
        /audit_entries_2/.test(node['Relation Name']!) &&
        blocksOf(node) > FEW_BLOCKS,
    );
    expect(whole).toEqual([]);
    expect(blocksOf(plan)).toBeLessThan(ENOUGH_BLOCKS);
  }
});

function blocksOf(node: Node): number {
  return node['Shared Hit Blocks'] + node['Shared Read Blocks'];
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
