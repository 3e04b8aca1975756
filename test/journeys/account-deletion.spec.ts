import { startApp, type RunningApp } from '../support/app.js';
import { chooses, companyExists, signedIn } from '../support/members.js';
import { newLink } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));

it('不要アカウントの削除方法: ① to ④', async () => {
  const { sato, suzuki } = await companyExists(running);
  const removed = await signedIn(running, suzuki);
  const person = await signedIn(running, sato);
  await chooses(person, suzuki);
  expect(person.page.h1).toBe('利用者の削除');
  expect(person.page.text).toMatch(/鈴木 一郎[^]*スズキ イチロウ[^]*担当者/);
  expect(person.page.text).toContain(
    '2026年12月22日(火) 18時30分（日本時間）までは、管理者が元に戻せます',
  );
  await person.presses('削除');
  expect(person.posted!.status).toBe(303);
  expect(person.page.h1).toBe('削除完了');
  expect(person.page.text).toContain('鈴木 一郎');

  await removed.opens('/');
  expect(removed.page.path).toBe('/login?next=%2F');
  await signsIn(removed, suzuki);
  expect([removed.page.status, removed.page.h1]).toEqual([
    403,
    'このアカウントはご利用いただけません',
  ]);
  const mail = await running.mailbox.mailTo(suzuki.email);
  expect(mail.subject).toBe('[法人WEBシステム] アカウント削除のお知らせ');
  expect(mail.text).toContain('鈴木 一郎 様');
  expect(mail.text).toContain('操作した方：佐藤 花子 様（管理者）');
  expect(mail.text).toContain(
    '2026年12月22日(火) 18時30分（日本時間）までは、貴社の管理者が元に戻せます',
  );

  await person.follows('利用者の一覧へ戻る');
  expect(person.page.text).not.toContain('鈴木');
  person.fills('状態', '削除済み');
  await person.presses('検索');
  expect(person.page.text).toContain('鈴木 一郎');
});

it('voids the links of the mailbox', async () => {
  const { sato, suzuki } = await companyExists(running);
  const link = await newLink(running, suzuki.email);
  const person = await signedIn(running, sato);
  await chooses(person, suzuki);
  await person.presses('削除');
  expect((await running.visitor().opens(link)).status).toBe(410);
});

it('lets a recovery of a mailbox go on that somebody else reads too', async () => {
  const { corporation, sato, suzuki } = await companyExists(running);
  const { email } = suzuki;
  const other = { corporation, loginId: `other-${corporation.id}`, name: '別名 同人', email };
  await running.people.staffExists(other);
  const link = await newLink(running, email);
  const person = await signedIn(running, sato);
  await chooses(person, suzuki);
  await person.presses('削除');
  expect((await running.visitor().opens(link)).status).toBe(200);
});
