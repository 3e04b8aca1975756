import { startApp, type RunningApp } from '../support/app.js';
import { invited, invites, office } from '../support/invitation.js';
import type { Page } from '../support/page.js';
import { signsIn } from '../support/registration.js';

const ALONE = '管理者が1名だけです。';
const UNDELIVERED = 'メールが届かない利用者が1名います。';
const ENDING = 'まもなく期限が切れる招待が1件あります。';
const NOT_INVITED = '招待のメールが届いていない方が1名います。';
const SUCCESSION = '管理者が追加登録されました。';

let running: RunningApp;
let people = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));
afterEach(() => running.mailbox.behaves('works'));

const tasksOn = (page: Page) =>
  page.root.querySelectorAll('.gk-tasks li').map((task) => task.structuredText.trim());

/** A company with two administrators: nothing waits for them. */
async function quietOffice() {
  people += 1;
  const { corporation, person, sato } = await office(running);
  const given = { corporation, loginId: `tanaka-${people}`, name: '田中 健' };
  const tanaka = await running.people.administratorExists(given);
  expect(tasksOn(await person.opens('/'))).toEqual([]);
  return { corporation, person, sato, tanaka };
}

it('says that there is one administrator only, and leads to another', async () => {
  const { person, corporation } = await office(running);
  await person.opens('/');
  expect(tasksOn(person.page)).toEqual([expect.stringContaining(ALONE)]);
  const task = person.page.root.querySelector('.gk-tasks a')!;
  await person.follows(task.structuredText.trim());
  expect(person.page.path).toBe('/accounts/new');
  await running.people.administratorExists({ corporation, loginId: 'second-1', name: '田中 健' });
  expect(tasksOn(await person.opens('/'))).toEqual([]);
});

it('says whom mail does not reach, until one arrives', async () => {
  const { person, tanaka } = await quietOffice();
  const stranger = await office(running);
  running.mailbox.behaves(550);
  await signsIn(running.visitor(), tanaka);
  await person.opens(`/accounts/${tanaka.id}`);
  await person.presses('すべての端末からログアウトさせる');
  await running.mailbox.everythingIsSent();
  expect(tasksOn(await person.opens('/'))).toEqual([expect.stringContaining(UNDELIVERED)]);
  expect(tasksOn(await stranger.person.opens('/'))).toEqual([expect.stringContaining(ALONE)]);

  running.mailbox.behaves('works');
  await running.clock.advance('1 minute');
  await signsIn(running.visitor(), tanaka);
  await person.opens(`/accounts/${tanaka.id}`);
  await person.presses('すべての端末からログアウトさせる');
  await running.mailbox.everythingIsSent();
  expect(tasksOn(await person.opens('/'))).toEqual([]);
});

it('says which invitations end within two days, or did not arrive', async () => {
  const { person, sato } = await quietOffice();
  await invites(person, invited('one@sakura.example'));
  await running.mailbox.everythingIsSent();
  expect(tasksOn(await person.opens('/'))).toEqual([]);
  await running.clock.advance('5 days 1 second');
  await signsIn(person, sato);
  expect(tasksOn(await person.opens('/'))).toEqual([expect.stringContaining(ENDING)]);
  await running.clock.advance('2 days');
  await signsIn(person, sato);
  expect(tasksOn(await person.opens('/'))).toEqual([]);

  running.mailbox.behaves(550);
  await invites(person, invited('two@sakura.example'));
  await running.mailbox.everythingIsSent();
  expect(tasksOn(await person.opens('/'))).toEqual([expect.stringContaining(NOT_INVITED)]);
  expect(person.page.text).toContain('不達 1名');
  await person.opens('/accounts/invitations');
  await person.presses('鈴木 一郎 様の招待を取り消す', 'メール不達');
  expect(tasksOn(await person.opens('/'))).toEqual([]);
});

it('asks after a succession for unneeded accounts, until somebody looked', async () => {
  const { person, corporation, tanaka } = await quietOffice();
  await running.pool.query(
    `insert into enrollments (case_number, kind, state, corporation_id, account_id, corporate_number,
                              applicant, address, decided_at)
     values ($1, 'succession', 'completed', $2, $3, $4, '田中 健', '192.0.2.1', genkan_now())`,
    [`CASE-${people}`, corporation.id, tanaka.id, corporation.corporateNumber],
  );
  await person.opens('/');
  expect(tasksOn(person.page)).toEqual([expect.stringContaining(SUCCESSION)]);
  await person.opens('/accounts/handover');
  await person.presses('確認を済ませる');
  expect(person.page.notice).toBe('アカウントの確認が済んだことを記録しました。');
  expect(person.page.text).toContain('2026年11月22日(日) 18時30分（佐藤 花子 様）');
  expect(tasksOn(await person.opens('/'))).toEqual([]);
});

it('shows staff nothing of it', async () => {
  const { corporation } = await office(running);
  const ito = await running.people.staffExists({ corporation, loginId: 'ito-t', name: '伊藤' });
  const person = running.visitor();
  await signsIn(person, ito);
  expect(person.page.h1).toBe('TOPページ');
  expect(tasksOn(person.page)).toEqual([]);
});
