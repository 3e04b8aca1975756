import { migrate } from '../../src/database/migrate.js';
import { copyDatabase } from '../support/database.js';
import { contentOf } from '../support/sentences.js';
import { connected } from './upgraded.js';

/** More than one statement of the migration makes anew. */
const PEOPLE = 2_300;

/** As names were folded before: by width, case and kana alone. */
const [FORMERLY] = /CREATE FUNCTION public.search_fold[^;]+;/.exec(
  contentOf('test/database/0.1.0-schema.sql'),
)!;

it('what people, companies and cases are found by is made anew for all forms of a kanji', async () => {
  const database = await copyDatabase();
  let client = await connected(database.url);
  try {
    await client.query(FORMERLY.replace('CREATE', 'CREATE OR REPLACE'));
    const { rows } = await client.query<{ id: string }>(
      `insert into corporations (corporate_number, name, name_kana, billing_email)
       values ('77', '株式会社廣田', 'ヒロタ', '') returning id`,
    );
    const insert = `
      insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
        email, email_key, password_hash)
      select $1, 'administrator', 'active', login, login, name, 'タカハシ神\u{e0100}', login || '@x.example',
             login || '@x.example', ''
      from (select 'k-' || n as login, case when n % 2 = 0 then '髙橋 ' else '田中 ' end || n as name
            from generate_series(1, ${PEOPLE}) n) people`;
    await client.query(insert, [rows[0]!.id]);
    await client.query(`
      insert into desk_cases (case_number, kind, state, due_at, asker_name, asker_company)
      values ('QQQQ-AAAA', 'question', 'new', now(), '渡邉 花', 'みなと商会'),
             ('QQQQ-BBBB', 'question', 'new', now(), '山本 花', '濵商店')`);
    await client.query(`
      insert into enrollments (case_number, kind, state, corporate_number, address, applicant,
        applicant_email)
      values ('EEEE-AAAA', 'succession', 'approved', '1', '203.0.113.5', '齋藤 進', 'e@x.example')`);
    const kept = `select count(*)::int as people from account_search_keys where key like '髙橋%'`;
    expect((await client.query(kept)).rows).toEqual([{ people: PEOPLE / 2 }]);

    await client.query(`
      delete from genkan_migrations where name like 'functions-%' or name = '053-variants-of-kanji'`);
    expect(await migrate(database.url)).toContain('053-variants-of-kanji');

    // A session that has read the indexes before may go on with what they called.
    await client.end();
    client = await connected(database.url);
    expect((await client.query(kept)).rows).toEqual([{ people: 0 }]);
    const found = async (rows: string) =>
      (await client.query<{ found: number }>(`select count(*)::int as found from ${rows}`)).rows[0]!
        .found;
    const keys = (beginning: string) =>
      found(`account_search_keys k join accounts a on a.id = k.account_id
             and (a.role, a.state, a.corporation_id) = (k.role, k.state, k.corporation_id)
             where k.key like '${beginning}%'`);
    // In the order of the index, and so by it: what it does not lead to is not found.
    await client.query('set enable_seqscan = off; set enable_sort = off');
    const indexed = (table: string, column: string, beginning: string, order: string) =>
      found(`(select from ${table}
              where search_fold(${column}) collate "C" >= '${beginning}'
                and search_fold(${column}) collate "C" < '${beginning}~'
              order by search_fold(${column}) collate "C", ${order}) o`);
    expect({
      people: await keys('高橋'),
      others: await keys('田中'),
      names: await indexed('accounts', 'name', '高橋', 'id'),
      kana: await indexed('accounts', 'name_kana', 'タカハシ神', 'id'),
      companies: await found(`corporation_search_keys where key like '広田%'`),
      askers: await indexed('desk_cases', 'asker_name', '渡辺花', 'opened_at desc'),
      askersCompanies: await found(`desk_cases where asker_company_key = '浜商店'`),
      applicants: await indexed('enrollments', 'applicant', '斉藤進', 'created_at desc'),
    }).toEqual({
      people: PEOPLE / 2,
      others: PEOPLE / 2,
      names: PEOPLE / 2,
      kana: PEOPLE,
      companies: 1,
      askers: 1,
      askersCompanies: 1,
      applicants: 1,
    });
  } finally {
    await client.end();
    await database.drop();
  }
});
