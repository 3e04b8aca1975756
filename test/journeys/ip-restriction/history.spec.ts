import { startApp, type RunningApp } from '../../support/app.js';
import { listExists } from '../../support/ip-lists.js';
import { drafts, newCompany, OFFICE, signedIn, startsTrial } from '../../support/ip-restriction.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('tells each list, who made it, what it changed and what became of it', async () => {
  await running.clock.stopsAt(new Date('2026-11-22T10:00:00+09:00'));
  const { sato, tanaka } = await newCompany(running);
  const person = await signedIn(running, sato, OFFICE);
  await person.opens('/ip-restriction/versions');
  expect(person.page.text).toContain('IPアドレス制限を設定すると、変更の履歴がここに残ります。');
  await person.opens('/ip-restriction/tickets');
  expect(person.page.text).toContain('IPアドレス制限を始めると、番号が10個発行されます。');
  await person.follows('制限を設定する');
  expect(person.page.path).toBe('/ip-restriction/draft');
  await drafts(person, '198.51.100.0/24,本社', '192.0.2.0/24,支店');
  await startsTrial(person, '5');
  await person.presses('確定する');
  await person.opens('/ip-restriction/draft');
  person.checks('192.0.2.0/24（支店）を選択');
  await person.presses('選んだ行を削除');
  await drafts(person, '203.0.113.0/24,倉庫');
  await startsTrial(person, '3');
  await running.clock.advance('4 minutes');
  const other = await signedIn(running, tanaka, OFFICE);
  await other.opens('/ip-restriction/trial?list=off');
  await other.presses('試行を始める');
  await other.presses('試行を終了して元に戻す');
  await person.opens('/ip-restriction');
  await person.follows('設定の履歴');
  const sections = person.page.root
    .querySelectorAll('section')
    .map((section) => section.structuredText.replace(/\s+/g, ' '));
  expect(sections).toHaveLength(3);
  expect(sections[0]).toMatch(
    /第3版 制限の解除 追加0件、変更0件、削除2件.*作成 田中 一郎 様.*試行の終了 田中 一郎 様/,
  );
  expect(sections[1]).toMatch(
    /第2版 全2件 追加1件、変更0件、削除1件 追加 203\.0\.113\.0\/24 倉庫 削除 192\.0\.2\.0\/24 支店.*確定されないまま、2026年11月22日\(日\) 10時03分に終わりました/,
  );
  expect(sections[2]).toMatch(/第1版 使用中 全2件 追加2件.*作成 佐藤 花子 様.*確定 佐藤 花子 様/);
  // Lists that an objection ended, as 0.1.0 did it, stay readable.
  await running.pool.query(
    `update ip_versions set ended_at = genkan_now(), ended_because = 'objection' where number = 1`,
  );
  await person.reloads();
  expect(person.page.text).toContain(
    '管理者の追加登録への異議申し立てにより、2026年11月22日(日) 10時04分に取り消されました。',
  );
});

it('an earlier list comes back as a draft, without what ended and over no newer draft', async () => {
  await running.clock.stopsAt(new Date('2026-11-22T10:00:00+09:00'));
  const { corporation, sato } = await newCompany(running);
  const ended = { network: '203.0.113.0/24', endsAt: new Date('2026-11-22T00:00:00+09:00') };
  await listExists(running, corporation, ['198.51.100.0/24', '192.0.2.0/24', ended]);
  await listExists(running, corporation, ['198.51.100.0/24']);
  const person = await signedIn(running, sato, OFFICE);
  const other = person.tab();
  await person.opens('/ip-restriction/versions');
  await other.opens('/ip-restriction/versions');
  expect(person.page.text.match(/第\d+版に戻す/g)).toHaveLength(1);
  await person.presses('第1版に戻す');
  expect(person.page.path).toBe('/ip-restriction/draft');
  expect(person.page.notice).toContain('下書きにしました');
  expect(person.page.text).toContain('下書き2件');
  await other.presses('第1版に戻す');
  expect(other.page.status).toBe(409);
  expect(other.page.text).toContain('編集中の下書きはその版の内容に置き換わります');
  await other.presses('第1版に戻す');
  expect(other.page.path).toBe('/ip-restriction/draft');
  await person.opens('/ip-restriction/draft/check');
  expect(person.page.text).toContain('追加1件、変更0件、削除0件');
  const fields = { version: '00000000-0000-4000-8000-000000000000', edition: '0' };
  const post = await person.sends('POST', '/ip-restriction/versions', { fields });
  expect(post.status).toBe(404);
});
