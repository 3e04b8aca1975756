import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { invited, invites, office } from '../support/invitation.js';
import { HEADER, invitedOf, linesOn, listOf, pastes } from '../support/invitation-import.js';
import { companyExists, signedIn } from '../support/members.js';
import { applicant, signsIn } from '../support/registration.js';
import { objectionLink, objects, takesOver } from '../support/succession.js';

const START = new Date('2026-11-22T18:30:00+09:00');

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(START));

const actsOf = async (corporationId: string) => {
  const { rows } = await running.pool.query<{ act: string; reason: string; facts: object }>(
    `select act, reason, facts from audit_entries
     where corporation_id = $1 and act = 'invitation' order by id`,
    [corporationId],
  );
  return rows;
};

const newsOn = ({ page }: Visitor) =>
  page.root.querySelectorAll('.gk-news li').map((news) => news.structuredText.trim());

it('a list is sent once, however often it is confirmed', async () => {
  const { person, corporation } = await office(running);
  const { text, emails } = listOf(3);
  await pastes(person, text);
  const confirmation = person.page.path;
  const tabs = [person.tab(), person.tab()];
  for (const tab of tabs) await tab.opens(confirmation);
  await Promise.all([person, ...tabs].map((tab) => tab.presses('3名を招待する')));
  const told = [person, ...tabs].map(({ page }) => page.notice).sort();
  expect(told.filter((notice) => notice.startsWith('この3名には、すでに'))).toHaveLength(2);
  expect(told.filter((notice) => notice.startsWith('3名に招待のメール'))).toHaveLength(1);
  expect(await invitedOf(running, corporation)).toBe(3);
  for (const email of emails) await running.mailbox.mailTo(email);
  await running.mailbox.everythingIsSent();
  for (const email of emails)
    expect(running.mailbox.all().filter(({ to }) => to === email)).toHaveLength(1);
  await person.opens(confirmation);
  expect(person.page.notice).toContain('この3名には、すでに招待のメールをお送りしています。');
});

it('all of a list is sent or nothing: a mailbox that is full keeps everybody back', async () => {
  const { person, corporation } = await office(running);
  const { text, emails } = listOf(3);
  for (let times = 0; times < 3; times += 1) await invites(person, invited(emails[1]!));
  await pastes(person, text);
  await person.presses('3名を招待する');
  expect(person.page.status).toBe(422);
  expect(person.page.errors.join()).toContain(`${emails[1]} へメールを送信できる回数`);
  expect(await invitedOf(running, corporation)).toBe(3);
  await running.mailbox.nothingFor(emails[0]!);
  await running.clock.stopsAt(new Date(START.getTime() + 3_700_000));
  await signsIn(person, {
    loginId: (await adminOf(corporation.id)).login_id,
    password: 'sakura-2026-mochi',
  });
  await pastes(person, text);
  await person.presses('3名を招待する');
  expect(await invitedOf(running, corporation)).toBe(6);
});

async function adminOf(corporationId: string) {
  const { rows } = await running.pool.query<{ login_id: string }>(
    `select login_id from accounts where corporation_id = $1 and role = 'administrator'`,
    [corporationId],
  );
  return rows[0]!;
}

it('five lists a day, and single invitations go on', async () => {
  const { person, corporation } = await office(running);
  const late = person.tab();
  await pastes(late, listOf(1).text);
  for (let list = 0; list < 5; list += 1) {
    await pastes(person, listOf(1).text);
    await person.presses('1名を招待する');
  }
  await late.presses('1名を招待する');
  expect(late.page.status).toBe(422);
  expect(late.page.errors.join()).toContain('まとめて招待できる回数（1日に5回）を超えました。');
  await invites(person, invited('single@sakura.example'));
  expect(await invitedOf(running, corporation)).toBe(6);
});

it('it needs a fresh password, like one invitation', async () => {
  const { person, sato, corporation } = await office(running);
  await pastes(person, listOf(2).text);
  await running.clock.advance('6 minutes');
  await person.presses('2名を招待する');
  expect(person.page.h1).toBe('パスワードの確認');
  expect(await invitedOf(running, corporation)).toBe(0);
  person.fills('現在のパスワード', sato.password);
  await person.presses('操作を続ける');
  expect(person.page.notice).toContain('2名に招待のメールをお送りしました。');
});

it('each person has a row in the log, and other administrators read one line of news', async () => {
  const company = await companyExists(running);
  const tanaka = await signedIn(running, company.tanaka);
  const { text } = listOf(3);
  await pastes(tanaka, `${text.slice(0, -3)}管理者`);
  await tanaka.presses('3名を招待する');
  const acts = await actsOf(company.corporation.id);
  expect(acts).toHaveLength(3);
  expect(acts[0]).toMatchObject({ reason: 'done', facts: { count: 3, administrators: 1 } });
  expect(new Set(acts.map(({ facts }) => (facts as { invitation: string }).invitation)).size).toBe(
    3,
  );
  await pastes(tanaka, listOf(2).text);
  await tanaka.presses('2名を招待する');
  const sato = await signedIn(running, company.sato);
  expect(newsOn(sato).toSorted()).toEqual([
    '田中 健 様が2名をまとめて招待しました（2026年11月22日(日) 18時30分）',
    '田中 健 様が3名（うち管理者1名）をまとめて招待しました（2026年11月22日(日) 18時30分）',
  ]);
  expect(newsOn(await signedIn(running, company.tanaka))).toEqual([]);
});

it('nobody else sends it: neither another person in the browser, nor another browser', async () => {
  const company = await companyExists(running);
  const tanaka = await signedIn(running, company.tanaka);
  await pastes(tanaka, listOf(1).text);
  const confirmation = tanaka.page.path;
  const elsewhere = await signedIn(running, company.tanaka);
  await elsewhere.opens(confirmation);
  expect(elsewhere.page.path).toBe('/accounts/invitations/import');
  await tanaka.presses('ログアウト');
  await signsIn(tanaka, company.sato);
  await tanaka.opens(confirmation);
  expect(tanaka.page.path).toBe('/accounts/invitations/import');
  await tanaka.sends('POST', confirmation, { fields: {} });
  expect(await invitedOf(running, company.corporation)).toBe(0);
});

it('while the desk looks into a case, nobody is invited as administrator', async () => {
  const company = await companyExists(running);
  const left = { ...company, suzuki: applicant('newcomer-1', { name: '新任 一郎' }) };
  await takesOver(running, left);
  const objection = await objectionLink(running, left.sato);
  const sato = await signedIn(running, left.sato);
  const { text, emails } = listOf(2, '管理者');
  await pastes(sato, text);
  expect(sato.page.h1).toBe('招待する方の確認');
  await objects(running.visitor(), objection);
  await sato.presses('2名を招待する');
  expect(sato.page.status).toBe(422);
  expect(sato.page.errors.join()).toContain('担当窓口が確認しています。');
  await pastes(sato, text);
  expect(sato.page.status).toBe(422);
  expect(linesOn(sato)[1]).toContain('3行目');
  await running.mailbox.nothingFor(emails[0]!);
});

it('invites five hundred people at once, and shows them page by page', async () => {
  const { person, corporation } = await office(running);
  await pastes(person, listOf(500).text);
  await person.presses('500名を招待する', '読み取った一覧');
  expect(person.page.notice).toContain('500名に招待のメールをお送りしました。');
  expect(await invitedOf(running, corporation)).toBe(500);
  expect(person.page.text).toContain('全500件中 1〜50件');
  await person.follows('次へ');
  expect(person.page.text).toContain('全500件中 51〜100件');
  expect(linesOn(person)).toHaveLength(50);
  await person.opens('/accounts/invitations?page=999');
  expect(person.page.text).toContain('全500件中 451〜500件');
});

const sharing = (...names: string[]) =>
  [HEADER, ...names.map((name) => `${name},ナカマ,,,soumu@nakama.example,担当者`)].join('\n');

it('three people of a shared mailbox are invited together, each of them counted', async () => {
  const { person, corporation } = await office(running);
  await pastes(person, sharing('一宮', '二宮', '三宮', '四宮'));
  expect(linesOn(person)).toEqual([expect.stringContaining('一度に招待できるのは、3名までです。')]);
  await pastes(person, sharing('一宮', '二宮', '三宮'));
  await person.presses('3名を招待する');
  expect(await invitedOf(running, corporation)).toBe(3);
  await person.opens('/accounts/invitations');
  expect(linesOn(person)).toHaveLength(3);
  await invites(person, invited('soumu@nakama.example'));
  expect(person.page.text).toContain('1時間に3回、1日に10回');
  await pastes(person, `${sharing('五宮')}\n六宮,ロクミヤ,,,rokumiya@nakama.example,担当者`);
  await person.presses('2名を招待する');
  expect(person.page.errors.join()).toContain('soumu@nakama.example へメールを送信できる回数');
  expect(await invitedOf(running, corporation)).toBe(3);
});
