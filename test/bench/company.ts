/** Companies with any number of people, written straight into the database of the application. */
import { Client } from 'pg';

const CHUNK = 25_000;
export const FAMILY_NAMES =
  '佐藤:サトウ 鈴木:スズキ 高橋:タカハシ 田中:タナカ 伊藤:イトウ 渡辺:ワタナベ 山本:ヤマモト 中村:ナカムラ 小林:コバヤシ 加藤:カトウ 吉田:ヨシダ 山田:ヤマダ 佐々木:ササキ 山口:ヤマグチ 松本:マツモト 井上:イノウエ 木村:キムラ 林:ハヤシ 斎藤:サイトウ 清水:シミズ';
export const GIVEN_NAMES =
  '花子:ハナコ 太郎:タロウ 次郎:ジロウ 一郎:イチロウ 恵子:ケイコ 美咲:ミサキ 陽菜:ヒナ 蓮:レン 翔太:ショウタ 健太:ケンタ 直樹:ナオキ 誠:マコト 由美:ユミ 久美子:クミコ 洋子:ヨウコ 幸子:サチコ 和子:カズコ 大輔:ダイスケ 拓也:タクヤ 愛:アイ 彩:アヤ 舞:マイ 茂:シゲル 博:ヒロシ 進:ススム';

/** Everybody by a number; one of 20 is deleted, one of 50 not yet registered, one of 100 suspended. */
const PEOPLE = `
  insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
    email, email_key, password_hash)
  select $1, case when n % 500 = 0 then 'administrator' else 'staff' end,
         case when n % 20 = 1 then 'deleted' when n % 50 = 2 then 'registered'
              when n % 100 = 3 then 'suspended' else 'active' end,
         login_id, login_id, name, kana, login_id || '@example.jp', login_id || '@example.jp', ''
  from (select n, format('u%s-%s', $2::text, n) as login_id,
               split_part(family, ':', 1) || ' ' || split_part(given, ':', 1) as name,
               split_part(family, ':', 2) || ' ' || split_part(given, ':', 2) as kana
        from generate_series($3::int, $4::int) n,
             lateral (select split_part($5, ' ', 1 + n % 20) as family,
                             split_part($6, ' ', 1 + n / 20 % 25) as given) names) p`;

const CORPORATION = `
  insert into corporations (corporate_number, name, name_kana, billing_email)
  values ($1, '株式会社ベンチ', 'ベンチ', '') returning id`;

/** Signs in with the demo's password. */
const ADMINISTRATOR = `
  insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
    email, email_key, password_hash, activated_at)
  select $1, 'administrator', 'active', $2, $2, '管理 太郎', 'カンリ タロウ', $2 || '@example.jp',
         $2 || '@example.jp', password_hash, genkan_now()
  from accounts where login_id = 'sato-demo'`;

export interface Company {
  id: string;
  /** The administrator who looks at the pages. */
  loginId: string;
  /** A login ID that one person has. */
  oneLoginId: string;
}

/** Adds a company of so many people; a large one takes minutes, above all for its search keys. */
export async function addCompany(databaseUrl: string, people: number): Promise<Company> {
  const clients = await Promise.all([connect(databaseUrl), connect(databaseUrl)]);
  const [first] = clients;
  try {
    const { rows } = await first.query<{ id: string }>(CORPORATION, [`bench-${people}`]);
    const { id } = rows[0]!;
    const loginId = `bench-${people}`;
    await first.query(ADMINISTRATOR, [id, loginId]);
    await withoutIndex(first, 'account_search_keys_found', () =>
      Promise.all(clients.map((client, turn) => addPeople(client, id, people, turn))),
    );
    await first.query('vacuum analyze');
    return { id, loginId, oneLoginId: `u${people}-${people >> 1}` };
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

/** Every second chunk of them. */
async function addPeople(client: Client, id: string, people: number, turn: number) {
  for (let from = 1 + turn * CHUNK; from < people; from += 2 * CHUNK) {
    const to = Math.min(from + CHUNK, people) - 1;
    await client.query(PEOPLE, [id, people, from, to, FAMILY_NAMES, GIVEN_NAMES]);
  }
}

/** It is written in one go afterwards, which takes a fraction of the time. */
async function withoutIndex(client: Client, name: string, load: () => Promise<unknown>) {
  const { rows } = await client.query<{ definition: string }>(
    'select pg_get_indexdef($1::regclass) as definition',
    [name],
  );
  await client.query(`drop index ${name}`);
  await load();
  await client.query(rows[0]!.definition);
}

async function connect(databaseUrl: string): Promise<Client> {
  const client = new Client(databaseUrl);
  await client.connect();
  return client;
}
