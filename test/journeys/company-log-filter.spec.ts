import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { linesOf, saidIn } from '../support/log.js';
import { companyExists, signedIn, type Company } from '../support/members.js';

let running: RunningApp;
let company: Company;
let person: Visitor;
beforeAll(async () => {
  running = await startApp();
  company = await companyExists(running);
  person = await signedIn(running, company.sato);
});
afterAll(() => running.stop());

interface Row {
  at: string;
  account?: string;
  act?: string;
  reason?: string;
  address?: string;
}

async function logs(rows: Row[]): Promise<void> {
  await running.pool.query('alter table audit_entries disable trigger all');
  for (const { at, account, act = 'sign-out', reason = 'done', address } of rows)
    await running.pool.query(
      `insert into audit_entries (corporation_id, at, account_id, act, reason, address)
       values ($1, $2, $3, $4, $5, $6)`,
      [company.corporation.id, at, account ?? company.sato.id, act, reason, address ?? null],
    );
}

/** The days of the lines, as `<time>` has them. */
const moments = () =>
  person.page.root
    .querySelectorAll('.gk-table--log time')
    .map((time) => time.getAttribute('datetime'));

const among = (filter: Record<string, string>) =>
  saidIn(person, { until: '2026-03-31', ...filter });

describe('each filter', () => {
  beforeAll(async () => {
    const { tanaka, suzuki } = company;
    await logs([
      { at: '2026-03-01T00:00Z', account: tanaka.id, act: 'account-change', address: '192.0.2.1' },
      { at: '2026-03-02T00:00Z', account: suzuki.id, act: 'password-change', address: '192.0.2.2' },
      { at: '2026-03-02T14:59:59.999999Z', account: suzuki.id, address: '2001:db8::1' },
      { at: '2026-03-02T15:00Z', account: tanaka.id, address: '192.0.2.1' },
    ]);
  });

  it.each([
    ['tanaka', 2],
    ['田中', 2],
    ['たなか', 2],
    ['該当なし', 0],
  ])('finds lines of %s', async (who, count) => {
    expect(await among({ who })).toHaveLength(count);
    expect(person.page.field('氏名・ログインID').getAttribute('value')).toBe(who);
  });

  it('keeps to what they are about', async () => {
    expect(await among({ what: 'own' })).toEqual(['パスワードを変更しました']);
    expect(await among({ what: 'people' })).toEqual(['利用者の登録内容を変更しました']);
  });

  it('keeps to days in Japan, the last one included', async () => {
    await among({ since: '2026-03-02', until: '2026-03-02' });
    expect(moments()).toEqual(['2026-03-02T14:59Z', '2026-03-02T00:00Z']);
    await among({ since: '２０２６/３/３' });
    expect(moments()).toEqual(['2026-03-02T15:00Z']);
  });

  it.each([
    ['192.0.2.1', 2],
    ['１９２.０.２.１', 2],
    ['::ffff:192.0.2.2', 1],
    ['2001:DB8:0:0::1', 1],
    ['192.0.2.99', 0],
  ])('keeps to the address %s', async (address, count) => {
    expect(await among({ address })).toHaveLength(count);
  });

  it('narrows by all of them together', async () => {
    const all = { who: '田中', what: 'sign-in', address: '192.0.2.1', since: '2026-03-01' };
    expect(await among(all)).toEqual(['ログアウトしました']);
    expect(await among({ ...all, address: '192.0.2.2' })).toEqual([]);
  });
});

describe('a value that cannot be understood', () => {
  it.each<[Record<string, string>, string, string]>([
    [{ since: '2026-02-30' }, 'この日から', '始まりの日は、2026-11-23のように入力してください。'],
    [{ until: 'きのう' }, 'この日まで', '終わりの日は、2026-11-23のように入力してください。'],
    [{ since: '0001-01-01' }, 'この日から', '始まりの日は、2026-11-23のように入力してください。'],
    [
      { since: '2026-03-02', until: '2026-03-01' },
      'この日まで',
      '終わりの日は、始まりの日以降にしてください。',
    ],
    [
      { address: '192.0.2.999' },
      '接続元のIPアドレス',
      'IPアドレスは、203.0.113.5のように1つだけ入力してください。範囲では検索できません。',
    ],
    [{ what: 'x' }, '操作の種類', '操作の種類は、一覧から選んでください。'],
    [{ what: 'service' }, '操作の種類', '操作の種類は、一覧から選んでください。'],
  ])('%j is told at its field', async (filter, label, sentence) => {
    await person.opens(`/log?${new URLSearchParams(filter).toString()}`);
    expect(person.page.status).toBe(422);
    expect(person.page.title).toMatch(/^エラー：/);
    expect(person.page.errors).toEqual([sentence]);
    expect(person.page.errorsAt(label)).toEqual([sentence]);
    expect(linesOf(person)).toEqual([]);
  });

  it('too many people are told so', async () => {
    for (let n = 0; n < 11; n += 1)
      await running.people.staffExists({
        corporation: company.corporation,
        loginId: `many-${n}`,
        name: `山本 ${n}`,
      });
    await person.opens(`/log?who=${encodeURIComponent('山本')}`);
    expect(person.page.errorsAt('氏名・ログインID').join()).toContain('多すぎます');
    expect((await person.opens(`/log?who=many-3`)).status).toBe(200);
  });

  it.each([
    'page=x',
    'page=older~2026-02-31T00:00:00.000000Z~1',
    'page=newer~0000-01-01T00:00:00.000000Z~1',
    'page[]=1',
    'who=%00',
    'who=%F0',
  ])('of no field shows the page: %s', async (query) => {
    expect((await person.opens(`/log?${query}`)).status).toBeLessThan(400);
  });
});

it('goes on through what was looked through in vain', async () => {
  const { suzuki, corporation } = company;
  await running.pool.query(
    `insert into audit_entries (corporation_id, account_id, act, reason, at, address)
     select $1, $2, case when n = 1 then 'password-change' else 'sign-out' end, 'done',
       timestamptz '2026-01-01' + n * interval '1 second', '192.0.2.77'
     from generate_series(1, 1500) n`,
    [corporation.id, suzuki.id],
  );
  const rare = { who: suzuki.loginId, what: 'own', until: '2026-01-31' };
  expect(await saidIn(person, rare)).toEqual([]);
  expect(person.page.text).toContain('ここまでに、条件に合う記録はありません。');
  await person.follows('さらに前の記録を探す');
  expect(linesOf(person).map(({ what }) => what)).toEqual(['パスワードを変更しました']);
});
