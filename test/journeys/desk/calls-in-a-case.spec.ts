import { Appointments } from '../../../src/admin-enrollment/cases/appointments.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { BY_NAKAI, BY_TAMURA, onlyCase } from '../../support/desk-people.js';
import { signedIn } from '../../support/members.js';
import { becomes, STATES } from '../../support/door-stage.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  type LeftBehind,
} from '../../support/succession.js';

it('sends nobody to colleagues who can change nothing while the desk has a case', async () => {
  const running = await startApp();
  const clerk = await Clerk.sitsDown(running);
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  running.mailbox.refuses(left.sato.email, 550, '5.1.1 User unknown');
  const caller = running.visitor();
  await caller.opens('/password-reset');
  caller.fills('メールアドレス', left.sato.email);
  await caller.presses('送信');
  await running.mailbox.everythingIsSent();
  await clerk.searches(left.sato.loginId);
  await clerk.browser.follows(left.sato.name);
  expect(clerk.sentence).toMatch(/管理者の登録の事案（\S+）を担当窓口が判断するまで/);
  await running.stop();
});

it('sends nobody to a release that waits for the decision about a case', async () => {
  const running = await startApp();
  const clerk = await Clerk.sitsDown(running);
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  await becomes(running, left.sato, { state: STATES['frozen by the desk'] });
  await clerk.finds(left.sato.loginId, left.sato.name);
  expect(clerk.verdict).toBe('「アカウントの状態」が原因です');
  expect(clerk.sentence).toMatch(/事案（\S+）を担当窓口が判断するまで/);
  expect(clerk.page.text).toContain('事案を確認する');
  expect(clerk.page.text).not.toContain('利用を再開する');
  await running.stop();
});

it('speaks of no objection where two of the desk stopped somebody', async () => {
  const running = await startApp();
  const clerk = await Clerk.sitsDown(running);
  const left = await leftBehind(running);
  await takesOver(running, left);
  const { number } = await onlyCase(running, left);
  const appointments = running.app.get(Appointments);
  const ogawa = { name: '小川 恵', nameKana: 'おがわ めぐみ', email: 'ogawa@example.jp' };
  await appointments.give(number, ogawa, BY_TAMURA);
  await appointments.confirm(number, ogawa.email, BY_NAKAI);
  const callOf = async ({ suzuki }: LeftBehind) => {
    await clerk.finds(suzuki.loginId, suzuki.name);
    return [clerk.verdict, clerk.sentence, clerk.page.text];
  };
  const [verdict, sentence, text] = await callOf(left);
  expect(verdict).toBe('「アカウントの状態」が原因です');
  expect(sentence).toContain('管理者の登録を担当窓口で確認しているため、利用を停止しています。');
  expect(text).not.toContain('異議');
  const sato = running.visitor();
  await sato.opens(await objectionLink(running, left.sato));
  expect(sato.page.h1).toBe('担当窓口がこの登録を停止しています');
  const isSo = `担当窓口がこの登録を確認しているため、${left.suzuki.name} 様はログインできません。`;
  expect(sato.page.text).toContain(isSo);
  expect(sato.page.text).not.toMatch(/異議申し立て|異議を申し立てる$/m);
  const administrator = await signedIn(running, left.sato);
  await administrator.opens('/admin-enrollment/cases');
  await administrator.follows(left.suzuki.name);
  expect(administrator.page.text).toContain(isSo);
  expect(administrator.page.text).not.toContain('異議申し立てを受け付けた');
  const objected = await leftBehind(running);
  await takesOver(running, objected);
  await objects(running.visitor(), await objectionLink(running, objected.sato));
  expect((await callOf(objected))[1]).toContain('管理者の登録に異議の申し立てがあり');
  await running.stop();
});

describe('somebody whose mailbox is gone', () => {
  let running: RunningApp;
  let clerk: Clerk;
  beforeAll(async () => {
    running = await startApp();
    clerk = await Clerk.sitsDown(running);
  });
  afterAll(() => running.stop());

  it('hears of the case of which the mails could tell nobody', async () => {
    const left = await leftBehind(running);
    const { sato, suzuki } = left;
    running.mailbox.refuses(sato.email, 550, '5.1.1 User unknown');
    await takesOver(running, left);
    await running.mailbox.everythingIsSent();
    const { number } = await onlyCase(running, left);
    await clerk.finds(sato.loginId, sato.name);
    expect(clerk.sentence).toContain(
      `${suzuki.name} 様の管理者の登録（${number}）をお知らせできて`,
    );
    await clerk.browser.follows('事案を開く', 'ご本人を確認してお伝えください');
    expect(clerk.page.url.pathname).toBe(`/desk/cases/${number}`);
    expect(clerk.page.text).toContain('異議を申し立てられる方のどなたにも');
  });

  it('is sent to no others by whom there are none', async () => {
    const { sato } = await leftBehind(running);
    running.mailbox.refuses(sato.email, 550, '5.1.1 User unknown');
    const caller = running.visitor();
    await caller.opens('/password-reset');
    caller.fills('メールアドレス', sato.email);
    await caller.presses('送信');
    await running.mailbox.everythingIsSent();
    await clerk.finds(sato.loginId, sato.name);
    expect(clerk.sentence).toContain('分からないときは、管理者の追加登録をお願いします。');
    expect(clerk.sentence).not.toContain('ほかの管理者');
  });
});
