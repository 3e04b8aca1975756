import { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { tables } from '../../src/database/tables.js';
import { isPartOfKey } from '../../src/desk/search/ways-to-find.js';
import { startApp, type RunningApp } from '../support/app.js';

const COMPANIES = 4_000;
const MEANT = 40;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
  await running.pool.query(
    `insert into corporations (corporate_number, name, name_kana, billing_email)
     select format('77%s', n), case when n % 100 = 0 then 'みどり' else 'いちょう' end || '物流' || n,
            'ブツリュウ', '' from generate_series(1, $1::int) n`,
    [COMPANIES],
  );
  await running.pool.query('vacuum analyze corporation_search_keys');
});
afterAll(() => running.stop());

it('looks for each word of a line at the companies that have its characters', async () => {
  const words = ['ミドリ', 'ドリ1', 'リドミ', ''];
  const db = tables(running.app.get(EntityManager));
  const search = sql<{ word: string; found: number }>`
    select word, count(k.key)::int as found from unnest(${words}::text[]) word
    left join corporation_search_keys k on ${isPartOfKey(sql`nullif(word, '')`)} group by word`;
  const { rows } = await search.execute(db);
  expect(new Map(rows.map(({ word, found }) => [word, found]))).toEqual(
    new Map([
      ['ミドリ', MEANT],
      ['ドリ1', 0],
      ['リドミ', 0],
      ['', 0],
    ]),
  );
  const { sql: text, parameters } = search.compile(db);
  const plan = await running.pool.query(`explain ${text}`, [...parameters]);
  expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(
    /Bitmap Index Scan on corporation_search_keys_by_characters/,
  );
});
