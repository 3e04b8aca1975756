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
  const client = await connected(database.url);
  try {
    await client.query(FORMERLY.replace('CREATE', 'CREATE OR REPLACE'));
    const { rows } = await client.query<{ id: string }>(
      `insert into corporations (corporate_number, name, name_kana, billing_email)
       values ('77', '株式会社廣田', 'ヒロタ', '') returning id`,
    );
    const insert = `
      insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
        email, email_key, password_hash)
      select $1, 'administrator', 'active', login, login, name, '', login || '@x.example',
             login || '@x.example', ''
      from (select 'k-' || n as login, case when n % 2 = 0 then '髙橋 ' else '田中 ' end || n as name
            from generate_series(1, ${PEOPLE}) n) people`;
    await client.query(insert, [rows[0]!.id]);
    await client.query(`
      insert into desk_cases (case_number, kind, state, due_at, asker_name, asker_company)
      values ('QQQQ-AAAA', 'question', 'new', now(), '渡邉 花', '濵商店')`);
    await client.query(`
      insert into enrollments (case_number, kind, state, corporate_number, address, applicant,
        applicant_email)
      values ('EEEE-AAAA', 'succession', 'approved', '1', '203.0.113.5', '齋藤 進', 'e@x.example')`);
    const kept = `select count(*)::int as people from account_search_keys where key like '髙橋%'`;
    expect((await client.query(kept)).rows).toEqual([{ people: PEOPLE / 2 }]);

    await client.query(`
      delete from genkan_migrations where name like 'functions-%' or name = '053-variants-of-kanji'`);
    expect(await migrate(database.url)).toContain('053-variants-of-kanji');

    expect((await client.query(kept)).rows).toEqual([{ people: 0 }]);
    await client.query('set enable_seqscan = off');
    const found = async (statement: string) =>
      (await client.query<{ found: number }>(statement)).rows[0]!.found;
    const counted = {
      people: await found(
        `select count(*)::int as found from account_search_keys k join accounts a on a.id = account_id
         where key like '高橋%' and k.role = a.role and k.state = a.state
           and k.corporation_id = a.corporation_id`,
      ),
      others: await found(
        `select count(*)::int as found from account_search_keys where key like '田中%'`,
      ),
      names: await found(
        `select count(*)::int as found from accounts
         where search_fold(name) collate "C" >= '高橋' and search_fold(name) collate "C" < '高橌'`,
      ),
      companies: await found(
        `select count(*)::int as found from corporation_search_keys where key like '広田%'`,
      ),
      askers: await found(
        `select count(*)::int as found from desk_cases
         where search_fold(asker_name) collate "C" = '渡辺花' and asker_company_key = '浜商店'`,
      ),
      applicants: await found(
        `select count(*)::int as found from enrollments
         where search_fold(applicant) collate "C" = '斉藤進'`,
      ),
    };
    expect(counted).toEqual({
      people: PEOPLE / 2,
      others: PEOPLE / 2,
      names: PEOPLE / 2,
      companies: 1,
      askers: 1,
      applicants: 1,
    });
  } finally {
    await client.end();
    await database.drop();
  }
});
