/** The desk's search over all companies and people, as its page asks it. */
import { Pool } from 'pg';
import type { DeskSearch } from '../../src/desk/search/desk-search.ts';
import type { readQuery } from '../../src/desk/search/typed-query.ts';
import { FAMILY_NAMES, GIVEN_NAMES } from './company.ts';
import { inDatabase, type Round, type Stage } from './stage.ts';

const COMPANIES = 20_000;
const TRIES = 40;
const WORDS =
  'みどり:ミドリ あおば:アオバ ひのき:ヒノキ さくら:サクラ つばき:ツバキ かえで:カエデ まつば:マツバ いちょう:イチョウ けやき:ケヤキ ふじ:フジ';
const TRADES =
  '商事:ショウジ 物流:ブツリュウ 工業:コウギョウ 電機:デンキ 不動産:フドウサン 建設:ケンセツ 食品:ショクヒン 印刷:インサツ';

const FILL_COMPANIES = `
  insert into corporations (corporate_number, name, name_kana, billing_email)
  select format('77%s', lpad(n::text, 7, '0')),
         case when n % 3 = 0 then '株式会社' else '' end || split_part(word, ':', 1)
           || split_part(trade, ':', 1) || n || case when n % 3 = 1 then '株式会社' else '' end,
         split_part(word, ':', 2) || split_part(trade, ':', 2), format('keiri@c%s.example', n)
  from generate_series(1, $1::int) n,
       lateral (select split_part($2, ' ', 1 + n % 10) as word,
                       split_part($3, ' ', 1 + n / 10 % 8) as trade) names`;

/** Equally many in each company, without triggers: the keys of its own list are another matter, and take minutes. */
const FILL_PEOPLE = `
  insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
    email, email_key, password_hash)
  select c.id, case when n = 1 then 'administrator' else 'staff' end, 'active', login, login,
         split_part(family, ':', 1) || ' ' || split_part(given, ':', 1),
         split_part(family, ':', 2) || ' ' || split_part(given, ':', 2),
         login || '@example.jp', login || '@example.jp', ''
  from (select id, row_number() over () as place from corporations
        where corporate_number like '77%') c,
       generate_series(1, $1::int) n,
       lateral (select format('d%s-%s', c.place, n) as login,
                       split_part($2, ' ', 1 + ((c.place * 7 + n) % 20)::int) as family,
                       split_part($3, ' ', 1 + ((c.place * 3 + n) % 25)::int) as given) names`;

/** Of each person's own keys those at the beginning of the name: what a line with a company looks for. */
const FILL_KEYS = `
  insert into account_search_keys (account_id, key, corporation_id, role, state)
  select id, search_fold(name), corporation_id, role, state from accounts`;

/** Half of them questions of strangers, the others of applicants, who have the same names. */
const FILL_CASES = `
  with named as (
    select n, split_part(split_part($2, ' ', 1 + n % 20), ':', 1) || ' '
                || split_part(split_part($3, ' ', 1 + n / 20 % 25), ':', 1) as name,
           split_part(split_part($2, ' ', 1 + n % 20), ':', 2) as kana
    from generate_series(1, $1::int) n),
  applied as (
    insert into enrollments (case_number, kind, state, corporate_number, address, applicant, applicant_email)
    select format('E%s-AAAA', n), 'succession', 'approved', '1', '203.0.113.5', name, format('e%s@else.example', n)
    from named)
  insert into desk_cases (case_number, kind, state, due_at, closed_at, asker_name, asker_company,
    asker_company_key, asker_email_key, asker_kana, asker_login_key)
  select format('Q%s-AAAA', n), 'question', 'done', now(), now(), name, 'みなと商会' || n,
         'ミナト商会' || n, format('q%s@else.example', n), kana, format('r%s', n)
  from named`;

/** In each company as many, of the names that its people have too; each third one is cancelled. */
const FILL_INVITATIONS = `
  insert into invitations (corporation_id, role, name, name_kana, department, phone, email, email_key, ends_at, cancelled_at)
  select c.id, 'staff',
         split_part(family, ':', 1) || ' ' || split_part(given, ':', 1),
         split_part(family, ':', 2) || ' ' || split_part(given, ':', 2), '', '',
         email, email, genkan_now() + interval '7 days', case when n % 3 = 0 then genkan_now() end
  from (select id, row_number() over () as place from corporations
        where corporate_number like '77%') c,
       generate_series(1, $1::int) n,
       lateral (select format('i%s-%s@example.jp', c.place, n) as email,
                       split_part($2, ' ', 1 + ((c.place * 7 + n) % 20)::int) as family,
                       split_part($3, ' ', 1 + ((c.place * 3 + n) % 25)::int) as given) names`;

const CASES = 200_000;
const INVITED_OF_COMPANY = 5;

/** What is typed, by what it is; all but 'a case number' and those after it find somebody. */
export const SEARCHES = {
  'a company number': '77-0012345',
  'a word of 2,000 companies': 'みどり',
  'kana of companies': 'ﾌﾞﾂﾘｭｳ',
  "a company's name": '株式会社さくら電機',
  'a family name': '佐藤',
  'a full name in kana': 'さとう　はなこ',
  'one character': 'サ',
  'a login ID': 'd777-7',
  'the beginning of many login IDs': 'd1',
  'a mail address': 'd777-7@example.jp',
  'the address of an invitation': 'i777-3@example.jp',
  'a billing contact': 'keiri@c777.example',
  'who asked, by mail address': 'q777@else.example',
  'the company of who asked': 'みなと商会777',
  'who applied, by mail address': 'e777@else.example',
  'a line with a login ID': '佐々木 洋子 様 d777-7',
  'a line with a company and a family name': '株式会社さくら電機 佐藤様',
  'a line with a company and somebody unknown': '株式会社さくら電機 高田様',
  'a line with a number and somebody unknown': '高田純 770012345',
  'a line with two common words of companies': 'みどり 商事 佐藤',
  'a line with a number and somebody of another company': 'd777-7 770012345',
  'a name the other way round': '花子 佐藤',
  'a line of many words': 'みどり 物流 1234 佐藤 花子',
  'a case number': 'K7M2-9QXA',
  'a request number': '3f2a91c4-7b0e',
  'the login ID of who applied': 'r777',
  'what nobody has': '該当なし',
};

interface Searching {
  search: DeskSearch;
  readQuery: typeof readQuery;
  close(): Promise<unknown>;
}

export async function deskSearch({ databaseUrl }: Stage, people: number): Promise<Round> {
  await inDatabase(
    databaseUrl,
    [FILL_COMPANIES, [COMPANIES, WORDS, TRADES]],
    ['set session_replication_role = replica'],
    [FILL_PEOPLE, [Math.round(people / COMPANIES), FAMILY_NAMES, GIVEN_NAMES]],
    [FILL_KEYS, []],
    [FILL_CASES, [CASES, FAMILY_NAMES, GIVEN_NAMES]],
    [FILL_INVITATIONS, [INVITED_OF_COMPANY, FAMILY_NAMES, GIVEN_NAMES]],
    ['vacuum analyze'],
  );
  return async (round) => {
    const searching = await openSearch(databaseUrl);
    for (const [what, typed] of Object.entries(SEARCHES)) {
      const times = await timesOf(searching, typed);
      round.add({ [`search ${what}`]: times[TRIES >> 1]!, [`slowest ${what}`]: times.at(-1)! });
    }
    await searching.close();
  };
}

async function timesOf({ search, readQuery }: Searching, typed: string): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < TRIES; turn += 1) {
    const started = performance.now();
    await search.find(readQuery(typed));
    times.push(performance.now() - started);
  }
  return times.toSorted((one, other) => one - other);
}

function built(path: string) {
  return import(new URL(`../../dist/${path}`, import.meta.url).href);
}

/** The classes as they were built: their decorators are no plain JavaScript. */
async function openSearch(databaseUrl: string): Promise<Searching> {
  const { MikroORM } = await import('@mikro-orm/postgresql');
  const { databaseOptions } = await built('mikro-orm.config.js');
  const { DeskSearch } = await built('src/desk/search/desk-search.js');
  const { CaseSearch } = await built('src/desk/search/case-search.js');
  const { FoundPeople } = await built('src/desk/search/found-people.js');
  const { InvitedPeople } = await built('src/desk/diagnosis/invited-people.js');
  const { MailAdvices } = await built('src/mail/mail-advice.js');
  const { readQuery } = await built('src/desk/search/typed-query.js');
  const orm = await MikroORM.init(databaseOptions(databaseUrl));
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  const em = orm.em.fork();
  const advices = new MailAdvices({ mailDomain: 'genkan.example' }, pool);
  const invited = new InvitedPeople(em, advices);
  const search = new DeskSearch(em, new CaseSearch(em), invited, new FoundPeople(em));
  return { search, readQuery, close: () => Promise.all([orm.close(), pool.end()]) };
}
