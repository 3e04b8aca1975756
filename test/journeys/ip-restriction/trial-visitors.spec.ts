import { startApp, type RunningApp } from '../../support/app.js';
import { listExists } from '../../support/ip-lists.js';
import {
  BRANCH,
  drafts,
  getsIn,
  HOME,
  newCompany,
  signedIn,
  startsTrial,
} from '../../support/ip-restriction.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T10:00:00+09:00')));

it('a trial shows who came in and who was refused since it began, renewed by HTMX', async () => {
  const { corporation, sato, tanaka, suzuki } = await newCompany(running);
  await listExists(running, corporation, ['198.51.100.0/24', '192.0.2.0/24']);
  await signedIn(running, tanaka, BRANCH);
  const parked = await signedIn(running, tanaka, BRANCH);
  const person = await signedIn(running, sato);
  await drafts(person, '203.0.113.0/24,倉庫');
  await person.opens('/ip-restriction/draft');
  person.checks('192.0.2.0/24（本社）を選択');
  await person.presses('選んだ行を削除');
  await running.clock.advance('1 minute');
  await startsTrial(person);
  expect(person.page.text).toContain('まだどなたもログインしていません。');
  await running.clock.advance('1 minute');
  expect(await getsIn(parked)).toBe(false);
  expect(await getsIn(parked)).toBe(false);
  await signedIn(running, suzuki, BRANCH);
  await signedIn(running, suzuki, HOME);
  const headers = { 'hx-request': 'true', 'hx-request-type': 'partial' };
  const path = '/ip-restriction/trial/progress';
  const piece = await person.sends('GET', path, { headers });
  expect(piece.text).not.toContain('<title>');
  expect(piece.text).toContain('あと9分');
  await person.opens(path);
  expect(person.page.path).toBe('/ip-restriction/trial');
  const rows = person.page.root
    .querySelectorAll('tbody tr')
    .map((row) => row.querySelectorAll('th, td').map((cell) => cell.structuredText.trim()));
  expect(rows.map(([result, name, address]) => [result, name, address]).toSorted()).toEqual([
    ['アクセスできました', '鈴木 次郎', HOME],
    ['アクセスできませんでした', '田中 一郎', BRANCH],
    ['アクセスできませんでした', '鈴木 次郎', BRANCH],
  ]);
  expect(person.page.text).toContain('2名の方がログインできませんでした。');
  await running.clock.advance('10 minutes');
  const over = await person.sends('GET', path, { headers });
  expect(over.text).toContain('試行は終わりました。');
  expect(over.text).not.toContain('hx-trigger');
});

it('lists somebody who is refused at many addresses once, and logs her a few times', async () => {
  const { corporation, sato, tanaka, suzuki } = await newCompany(running);
  const person = await signedIn(running, sato);
  const moving = await signedIn(running, tanaka);
  const parked = await signedIn(running, suzuki);
  await drafts(person, '198.51.100.0/24,本社');
  await startsTrial(person, '60');
  parked.movesTo(BRANCH);
  expect(await getsIn(parked)).toBe(false);
  for (let place = 1; place <= 30; place += 1) {
    await running.clock.advance('1 second');
    moving.movesTo(`2001:db8:${place}::1`);
    expect(await getsIn(moving)).toBe(false);
  }
  await person.opens('/ip-restriction/trial');
  const rows = person.page.root
    .querySelectorAll('tbody tr')
    .map((row) => row.structuredText.replace(/\s+/g, ' ').trim())
    .filter((row) => row.includes('アクセスできませんでした'));
  expect(rows).toEqual([
    expect.stringMatching(/田中 一郎 2001:db8:20::1 ほか19か所/),
    expect.stringContaining(`鈴木 次郎 ${BRANCH}`),
  ]);
  expect(person.page.text).toContain('2名の方がログインできませんでした。');
  const { rows: logged } = await running.pool.query<{ count: number }>(
    `select count(*)::int from audit_entries where corporation_id = $1 and act = 'ip-refusal'`,
    [corporation.id],
  );
  expect(logged).toEqual([{ count: 21 }]);
});
