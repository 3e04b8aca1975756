import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { companyExists, signedIn, type Company } from '../support/members.js';

let running: RunningApp;
let company: Company;
beforeAll(async () => {
  running = await startApp();
  company = await companyExists(running);
  const { corporation } = company;
  const others = [
    { loginId: 'minato-9981', name: '髙橋 𠮷彦', nameKana: 'タカハシ ヨシヒコ' },
    { loginId: 'jinnai.k', name: '神内 健', nameKana: 'ジンナイ ケン' },
  ];
  for (const each of others) await running.people.staffExists({ corporation, ...each });
  const elsewhere = await companyExists(running);
  expect(elsewhere.corporation.id).not.toBe(corporation.id);
});
afterAll(() => running.stop());

/** The names in the list. */
function names({ page }: Visitor): string[] {
  const cells = page.root.querySelectorAll('tbody th a');
  return cells.map(({ text }) => text.trim());
}

async function searches(person: Visitor, q: string, more = ''): Promise<string[]> {
  await person.opens(`/accounts?q=${encodeURIComponent(q)}${more}`);
  return names(person);
}

it('shows everybody of the own company in the order of their kana, and nobody else', async () => {
  const person = await signedIn(running, company.sato);
  await person.opens('/accounts');
  expect(person.page.h1).toBe('担当者情報変更');
  expect(names(person)).toEqual(['佐藤 花子', '神内 健', '鈴木 一郎', '髙橋 𠮷彦', '田中 健']);
  expect(person.page.text).toContain('全5件中 1〜5件');
  expect(person.page.text).not.toContain('ログインできる管理者が1名だけです。');
  for (const text of ['利用中', '管理者', company.suzuki.loginId, '未ログイン'])
    expect(person.page.text).toContain(text);
});

it('is narrowed by department, alone and together with a search', async () => {
  const { corporation } = company;
  const mori = { corporation, loginId: 'mori-1', name: '森 由美', department: '経理部' };
  const { id } = await running.people.staffExists(mori);
  const person = await signedIn(running, company.sato);
  await person.opens('/accounts');
  const choices = person.page.root.querySelectorAll('#field-department option');
  expect(choices.map(({ text }) => text.trim())).toEqual(['すべて', '第二営業部', '経理部']);
  await person.opens(`/accounts?department=${encodeURIComponent('経理部')}`);
  expect(names(person)).toEqual(['森 由美']);
  expect(await searches(person, '森', '&department=経理部')).toEqual(['森 由美']);
  expect(await searches(person, '佐藤', '&department=経理部')).toEqual([]);
  expect(await searches(person, '', '&department=無い部')).toEqual([]);
  await running.pool.query('delete from accounts where id = $1', [id]);
});

describe('the search', () => {
  it.each([
    ['佐藤', ['佐藤 花子']],
    ['花子', ['佐藤 花子']],
    ['佐藤花子', ['佐藤 花子']],
    ['ｻﾄｳ', ['佐藤 花子']],
    ['サトウ', ['佐藤 花子']],
    ['さとう', ['佐藤 花子']],
    ['さとう　はな', ['佐藤 花子']],
    ['ＳＡＴＯ', ['佐藤 花子']],
    ['Sato', ['佐藤 花子']],
    ['じん', ['神内 健']],
    ['ｼﾞﾝ', ['神内 健']],
    ['神内', ['神内 健']],
    ['\uFA19内', ['神内 健']],
    ['髙橋', ['髙橋 𠮷彦']],
    ['𠮷', ['髙橋 𠮷彦']],
    ['高橋', ['髙橋 𠮷彦']],
    ['橋吉', ['髙橋 𠮷彦']],
    ['9981', ['髙橋 𠮷彦']],
    ['minato-9981', ['髙橋 𠮷彦']],
    ['jinnai.k@example', ['神内 健']],
    ['健', ['神内 健', '田中 健']],
    ['該当なし', []],
    ["'; drop table accounts; --", []],
    ['%', []],
  ])('for %s finds %j', async (q, found) => {
    const person = await signedIn(running, company.sato);
    expect((await searches(person, q)).sort()).toEqual([...found].sort());
  });

  it('keeps what was typed, and can be narrowed by role and state', async () => {
    const person = await signedIn(running, company.sato);
    await person.opens('/accounts');
    person.fills('氏名・ログインIDなど', '健');
    person.fills('権限', '管理者');
    await person.presses('検索');
    expect(names(person)).toEqual(['田中 健']);
    expect(person.page.field('氏名・ログインIDなど').getAttribute('value')).toBe('健');
    person.fills('状態', '利用停止中');
    await person.presses('検索');
    expect(names(person)).toEqual([]);
    await person.follows('検索条件を取り消す');
    expect(names(person)).toHaveLength(5);
  });

  it('knows a name by which somebody is called from now on', async () => {
    const { sato, suzuki } = await companyExists(running);
    const rename = `update accounts set name = '星野 一郎', name_kana = 'ホシノ イチロウ' where id = $1`;
    await running.pool.query(rename, [suzuki.id]);
    const person = await signedIn(running, sato);
    expect(await searches(person, 'ほしの')).toEqual(['星野 一郎']);
    expect(await searches(person, '鈴木')).toEqual([]);
  });

  it('takes any query without a fault', async () => {
    const person = await signedIn(running, company.sato);
    for (const query of [
      'q=a&q=b',
      'q[]=a',
      'page=x',
      'page=W10',
      'state=no&role=no',
      'q=%00',
      'page=1',
    ])
      expect([query, (await person.sends('GET', `/accounts?${query}`)).status]).toEqual([
        query,
        200,
      ]);
  });
});

it('says who cannot sign in, and whose mail does not arrive', async () => {
  const { corporation, sato, suzuki, tanaka } = await companyExists(running);
  const given = { corporation, loginId: `mikan-${suzuki.id}`, name: '未完 了子' };
  await running.people.staffExists({ ...given, state: 'registered' });
  const mail = `insert into mail_deliveries (id, kind, account_id, recipient, state, created_at)
    values (gen_random_uuid(), 'recovered', $1, (select email from accounts where id = $1), $2, genkan_now() - $3::interval)`;
  await running.pool.query(mail, [suzuki.id, 'bounced', '1 minute']);
  await running.pool.query(mail, [tanaka.id, 'bounced', '2 hours']);
  await running.pool.query(mail, [tanaka.id, 'handed-over', '1 hour']);
  await running.pool.query(mail, [sato.id, 'deferred', '2 hours']);
  const person = await signedIn(running, sato);
  await person.opens('/accounts');
  const rows = person.page.root.querySelectorAll('tbody tr').map(({ text }) => text);
  expect(rows.find((row) => row.includes('鈴木'))).toContain('メール不達');
  expect(rows.find((row) => row.includes('佐藤'))).toContain('メール遅延');
  expect(rows.find((row) => row.includes('田中'))).not.toContain('メール');
  expect(rows.find((row) => row.includes('未完'))).toContain('登録未完了');
});

it('leads through pages of 20, forth and back, while people come and go', async () => {
  const { corporation, sato } = await companyExists(running);
  await running.pool.query(
    `insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
       email, email_key, password_hash)
     select $1, 'staff', 'active', 'hito-' || n, 'hito-' || n, '人' || n, 'ヒト' || lpad(n::text, 3, '0'),
       '', '', '' from generate_series(1, 57) n`,
    [corporation.id],
  );
  const person = await signedIn(running, sato);
  await person.opens('/accounts');
  const seen = names(person);
  expect(person.page.text).toContain('全60件中 1〜20件');
  for (const text of ['21〜40件', '41〜60件']) {
    await person.follows('次へ');
    expect(person.page.text).toContain(`全60件中 ${text}`);
    seen.push(...names(person));
  }
  expect(new Set(seen).size).toBe(60);
  expect(() => person.page.link('次へ')).toThrow(/No link/);
  await person.follows('前へ');
  expect(names(person)).toEqual(seen.slice(20, 40));
  await running.pool.query(`update accounts set state = 'deleted' where name = '人3'`);
  await person.follows('前へ');
  expect(names(person)).toHaveLength(20);
  expect(person.page.text).toContain('全59件中 1〜20件');

  expect(await searches(person, 'ひと')).toHaveLength(20);
  await person.follows('次へ');
  expect(person.page.text).toContain('21〜40件');
  await person.follows('次へ');
  expect(names(person)).toHaveLength(16);
});
