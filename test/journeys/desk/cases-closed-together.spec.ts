import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { atDesk, deskCases, historyOf, strangerAsks } from '../../support/desk-case.js';
import { signsIn } from '../../support/registration.js';
import { leftBehind, objectionLink, objects, takesOver } from '../../support/succession.js';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
beforeEach(async () => {
  await running.pool.query('truncate limit_counters');
  await running.pool.query(`update desk_cases set state = 'done', closed_at = genkan_now()`);
  await running.clock.stopsAt(new Date('2026-11-24T10:00:00+09:00'));
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

let people = 0;
const floods = (from = '') => {
  const name = `迷惑 ${(people += 1)}郎`;
  return strangerAsks(running, { name, email: `spam-${people}@else.example` }, from);
};

/** 佐藤, who is signed in. */
async function satoAsks() {
  const left = await leftBehind(running);
  const person = running.visitor();
  await signsIn(person, left.sato);
  await person.opens('/contact');
  await person.submits({ message: 'メールが届きません。' });
  return { ...left, person, number: person.page.facts.受付番号! };
}

const listed = ({ page } = nakai) =>
  page.root.querySelectorAll('.gk-table tbody tr').map((row) => row.querySelector('a')!.text);

const stateOf = async (number: string) => {
  const { rows } = await running.pool.query<{ state: string }>(
    'select state from desk_cases where case_number = $1',
    [number],
  );
  return rows[0]!.state;
};

it('somebody who is signed in stands before strangers, on the same day', async () => {
  const tomorrow = await floods();
  const asked = await satoAsks();
  const today = await floods('/login');
  await nakai.opens('/desk/cases');
  expect(listed()).toEqual([today, asked.number, tomorrow]);
  await nakai.opens('/desk/cases?asker=stranger');
  expect(listed()).toEqual([today, tomorrow]);
  nakai.fills('お問い合わせの方', 'ログインしている方');
  await nakai.presses('絞り込む');
  expect(listed()).toEqual([asked.number]);
});

it('what is due first comes first, but for more strangers than one looks through', async () => {
  await running.clock.stopsAt(new Date('2026-11-24T20:00:00+09:00'));
  const asked = await satoAsks();
  const early = await floods('/login');
  const kimura = await atDesk(running, 'kimura', '木村');
  await kimura.opens('/desk/cases');
  expect(listed(kimura)).toEqual([early, asked.number]);
  for (let more = 0; more < 10; more += 1) await floods('/login');
  await kimura.reloads();
  expect(listed(kimura)[0]).toBe(asked.number);
});

it('chosen questions are closed with one reason, and nothing else is', async () => {
  const flood = [await floods(), await floods('/login')];
  const asked = await satoAsks();
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const succession = (await deskCases(running, left.corporation))[0]!.number;
  const stays = await floods();

  await nakai.opens('/desk/cases?state=new');
  expect(nakai.page.root.querySelector(`input[value="${succession}"]`)).toBeNull();
  for (const number of [...flood, asked.number]) nakai.checks(number);
  await nakai.presses('まとめて完了にする');
  expect(nakai.page.text).toContain('完了にするお問い合わせ（3件）');
  await nakai.presses('3件を完了にする');
  expect(nakai.page.errors).toEqual(['理由を入力してください。']);
  nakai.fills('完了の理由', '同じ内容の迷惑なお問い合わせです');
  await nakai.presses('3件を完了にする');
  expect(nakai.page.notice).toContain('お問い合わせ3件を完了にしました。');
  expect(nakai.page.path).toContain('/desk/cases?state=new');
  for (const number of [...flood, asked.number]) expect(await stateOf(number)).toBe('done');
  expect(await stateOf(stays)).toBe('new');
  await nakai.opens(`/desk/cases/${flood[0]}`);
  expect(historyOf(nakai)[0]).toContain('中井 さん： 状態 完了 同じ内容の迷惑なお問い合わせです');
  await asked.person.opens('/log');
  expect(asked.person.page.text).toContain('同じ内容の迷惑なお問い合わせです');

  const fields = { case: succession, why: 'まとめて' };
  await nakai.sends('POST', '/desk/cases/closing', { fields });
  expect(await stateOf(succession)).toBe('new');
});

it('says so when none is chosen, or all are done', async () => {
  const number = await floods();
  await nakai.opens('/desk/cases');
  await nakai.presses('まとめて完了にする');
  expect(nakai.page.notice).toContain('お問い合わせが選ばれていません。');
  nakai.checks(number);
  await nakai.presses('まとめて完了にする');
  const other = nakai.tab();
  await other.opens(`/desk/cases/${number}`);
  other.fills('完了の理由', '解決しました');
  await other.presses('完了にする');
  nakai.fills('完了の理由', '解決しました');
  await nakai.presses('1件を完了にする');
  expect(nakai.page.notice).toContain('すでに完了しています。');
});

it('of two people who close the same one, one does', async () => {
  const number = await floods();
  const fields = { case: number, why: '解決しました' };
  const close = () => nakai.sends('POST', '/desk/cases/closing', { fields });
  await Promise.all([close(), close()]);
  await nakai.opens(`/desk/cases/${number}`);
  expect(historyOf(nakai)).toHaveLength(1);
});
