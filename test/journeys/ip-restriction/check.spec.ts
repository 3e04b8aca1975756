import { IpReplay } from '../../../src/ip-restriction/draft/replay.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { listExists } from '../../support/ip-lists.js';
import {
  BRANCH,
  drafts,
  HOME,
  newCompany,
  OFFICE,
  signedIn,
} from '../../support/ip-restriction.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T10:00:00+09:00')));

it('asks for an address where none was typed', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato, OFFICE);
  await drafts(person, '198.51.100.0/24,本社');
  await person.presses('確認へ進む');
  expect(person.page.errors).toEqual([]);
  await person.presses('確かめる');
  expect(person.page.status).toBe(422);
  expect(person.page.errorsAt('確かめるIPアドレス')[0]).toContain('を入力してください');
});

it('takes along what was typed but not added', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato, OFFICE);
  await person.opens('/ip-restriction/draft');
  person.fills('IPアドレス', '198.51.100.0/24');
  await person.presses('確認へ進む');
  expect(person.page.status).toBe(422);
  expect(person.page.errors.join()).toContain('メモ');
  person.fills('メモ', '本社');
  await person.presses('確認へ進む');
  expect(person.page.path).toBe('/ip-restriction/draft/check');
  expect(person.page.notice).toContain('下書きを保存しました');
  await person.opens('/ip-restriction/draft');
  expect(person.page.text).toContain('下書き1件');
});

it('tells of a line that it takes along what the draft tells of it', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato, OFFICE);
  await drafts(person, '198.51.100.0/24,本社');
  person.fills('IPアドレス', '198.51.100.0/24');
  person.fills('メモ', '支店');
  await person.presses('確認へ進む');
  expect(person.page.path).toBe('/ip-restriction/draft/check');
  expect(person.page.text).toContain(
    '（本社）はすでに下書きにあったため、メモと終了日を更新しました',
  );
});

it('takes along pasted lines, beside a line and alone', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato, OFFICE);
  await person.opens('/ip-restriction/draft');
  person.fills('貼り付ける行', '192.0.2.0/24');
  await person.presses('確認へ進む');
  expect(person.page.status).toBe(422);
  expect(person.page.field('貼り付ける行').textContent).toBe('192.0.2.0/24');
  person.fills('貼り付ける行', '192.0.2.0/24,支店');
  person.fills('IPアドレス', '198.51.100.0/24');
  person.fills('メモ', '本社');
  await person.presses('確認へ進む');
  expect(person.page.path).toBe('/ip-restriction/draft/check');
  expect(person.page.text).toMatch(/追加\s*192\.0\.2\.0\/24 支店/);
  expect(person.page.text).toMatch(/追加\s*198\.51\.100\.0\/24 本社/);
  await person.opens('/ip-restriction/draft');
  person.fills('貼り付ける行', '203.0.113.0/24,倉庫');
  await person.presses('確認へ進む');
  expect(person.page.text).toContain('下書き3件');
});

it('leads on from a line that was opened and not changed, and nothing is saved', async () => {
  const { sato, corporation } = await newCompany(running);
  const endsAt = new Date('2026-12-01T00:00:00+09:00');
  await listExists(running, corporation, [{ network: '198.51.100.0/24', endsAt }]);
  const person = await signedIn(running, sato, OFFICE);
  await person.opens('/ip-restriction/draft');
  await person.follows('変更', '198.51.100.0/24');
  await person.presses('確認へ進む');
  expect(person.page.path).toBe('/ip-restriction/draft/check');
  expect(person.page.notice).not.toContain('保存');
  await person.opens('/ip-restriction/draft');
  expect(person.page.text).toContain('登録1件（変更はありません）');
  await person.follows('変更', '198.51.100.0/24');
  person.fills('終了日', '2026-12-31');
  await person.presses('確認へ進む');
  expect(person.page.notice).toContain('下書きを保存しました');
});

it('is where the start of a trial leads back to', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato, OFFICE);
  await drafts(person, '198.51.100.0/24,本社');
  await person.presses('確認へ進む');
  await person.follows('試行へ進む');
  await person.follows('前のページへ戻る');
  expect(person.page.h1).toBe('反映前の確認');
  expect(person.page.content('.gk-step--current .gk-step__label').text).toBe(person.page.h1);
});

it('shows who would have been refused, from where, and when last', async () => {
  const { sato, tanaka, suzuki } = await newCompany(running);
  await running.clock.advance('-100 days');
  await signedIn(running, suzuki, '203.0.113.77');
  await running.clock.stopsAt(new Date('2026-11-20T09:00:00+09:00'));
  await signedIn(running, suzuki, HOME);
  await running.clock.stopsAt(new Date('2026-11-21T09:00:00+09:00'));
  await signedIn(running, suzuki, HOME);
  await signedIn(running, tanaka, BRANCH);
  await signedIn(running, (await newCompany(running)).sato, '203.0.113.88');
  const person = await signedIn(running, sato, OFFICE);
  await drafts(person, '198.51.100.0/24,本社');
  await person.presses('確認へ進む');
  const rows = person.page.root
    .querySelectorAll('tbody tr')
    .map((row) => row.querySelectorAll('th, td').map((cell) => cell.structuredText.trim()));
  expect(rows).toEqual([
    ['田中 一郎', '管理者', BRANCH, expect.stringMatching(/^(?:2026\/)?11\/21 9:00$/), '1回'],
    ['鈴木 次郎', '担当者', HOME, expect.stringMatching(/^(?:2026\/)?11\/21 9:00$/), '2回'],
  ]);
  expect(person.page.text).toContain('3名の方から4回のログイン');
  expect(person.page.text).toContain('2名の方が1回以上ログインできませんでした');
  expect(person.page.text).not.toContain('203.0.113.88');
});

it('tests one address: which entry admits it, or that none does', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato);
  await drafts(person, '198.51.100.0/24,本社', '198.51.0.0/16,全国');
  const tests: [string, string][] = [
    ['１９８．５１．７．７', '198.51.7.7 は、198.51.0.0/16（全国）に含まれる'],
    ['::ffff:198.51.100.1', '198.51.0.0/16（全国）に含まれる'],
    [HOME, `${HOME} は、下書きのどれにも含まれない`],
    ['banana', 'IPアドレスとして読み取れません'],
  ];
  for (const [address, sentence] of tests) {
    await person.opens('/ip-restriction/draft/check');
    person.fills('確かめるIPアドレス', address);
    await person.presses('確かめる');
    expect(person.page.text).toContain(sentence);
  }
});

it('warns when people came by a family that the draft does not have', async () => {
  const { sato, suzuki } = await newCompany(running);
  await signedIn(running, suzuki, '2001:db8:1:2::7');
  const person = await signedIn(running, sato);
  await drafts(person, '198.51.100.0/24,本社');
  await person.opens('/ip-restriction/draft/check');
  expect(person.page.text).toContain('下書きにはIPv6のアドレスがありません');
  await drafts(person, '2001:db8:1:2::/64,本社');
  await person.opens('/ip-restriction/draft/check');
  expect(person.page.text).not.toContain('アドレスがありません');
});

it('replays 100,000 sign-ins against 500 entries, found by an index', async () => {
  const { corporation, sato, tanaka, suzuki } = await newCompany(running);
  await running.pool.query(
    `insert into audit_entries (at, corporation_id, account_id, act, reason, address)
     select genkan_now() - n * interval '70 seconds', $1, ($2::uuid[])[1 + n % 3], 'sign-in', 'done',
            '10.0.0.0'::inet + (n * 7919) % 1048576
     from generate_series(1, 100000) n`,
    [corporation.id, [sato.id, tanaka.id, suzuki.id]],
  );
  await running.pool.query('analyze audit_entries');
  const entries = Array.from({ length: 500 }, (_, n) => ({
    network: `10.${n >> 5}.${(n & 31) * 8}.0/${[21, 22, 24, 26, 32][n % 5]}`,
    label: '支店',
    endsAt: null,
  }));
  const replay = await running.app.get(IpReplay).of(corporation.id, entries);
  expect(replay).toMatchObject({
    signIns: 100_000,
    people: 3,
    refusedPeople: 3,
    administrators: 2,
  });
  expect(replay.refused).toHaveLength(100);
  const other = await newCompany(running);
  const networks = entries.map(({ network }) => network);
  const statement = running.app.get(IpReplay).statement(other.corporation.id, networks);
  const plan = await statement.explain<{ 'QUERY PLAN': string }>();
  const lines = plan.map((row) => row['QUERY PLAN']);
  expect(lines.join('\n')).toContain('using audit_entries_first_sign_ins on');
});
