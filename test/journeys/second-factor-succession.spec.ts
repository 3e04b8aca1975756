import { startApp, type RunningApp } from '../support/app.js';
import { switchesTo } from '../support/factor-policy.js';
import {
  askingCompany,
  completesWithFactor,
  opensActivation,
  readsPicture,
} from '../support/factor-succession.js';
import { signsIn } from '../support/registration.js';
import { gives, givesRecoveryCode, isAsked } from '../support/second-factor.js';
import { applies, leftBehind, takesOver } from '../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

describe('a newcomer of a company that asks administrators for a second factor', () => {
  it('sets one up before the registration is complete, and waits for 24 hours', async () => {
    const asking = await askingCompany(running);
    const newcomer = running.visitor();
    await applies(newcomer, asking.corporation, asking.suzuki);
    expect(newcomer.page.text).not.toContain('ログインできるようになります');
    const mail = await running.mailbox.mailTo(asking.suzuki.email);
    expect(mail.text).toContain('認証アプリの入ったスマートフォン');
    expect(mail.text).not.toContain('入力されたパスワードで、ログインできるようになります。お');
    await newcomer.opens(running.mailbox.linkIn(mail));
    for (const { text } of [mail, newcomer.page])
      expect(text).toContain('登録を完了してから24時間は、ログインできません。');
    const { app, codes } = await completesWithFactor(running, newcomer);
    expect([newcomer.page.h1, codes.length]).toEqual(['リカバリーコード', 10]);
    expect(newcomer.page.text).toContain('2026年11月23日(月) 9時01分（日本時間）になると');
    await newcomer.presses('控えたのでログインページへ進む');
    await signsIn(newcomer, asking.suzuki);
    expect(isAsked(newcomer)).toBe(true);
    await gives(newcomer, await app.nextCode());
    expect(newcomer.page.h1).toBe('追加登録のお手続きの状況');
    await running.clock.advance('24 hours');
    await signsIn(newcomer, asking.suzuki);
    await gives(newcomer, await app.nextCode());
    expect(newcomer.page.path).toBe('/');
    await newcomer.opens('/security');
    expect(newcomer.page.h1).toBe('このページは、まだご利用いただけません');
  });

  it('completes nothing by a wrong code or none, and sees the same picture again', async () => {
    const asking = await askingCompany(running);
    const newcomer = await opensActivation(running, asking);
    const app = readsPicture(running, newcomer);
    for (const code of ['', await app.wrongCode()]) {
      newcomer.fills('確認コード', code);
      await newcomer.presses('登録を完了する');
      expect([newcomer.page.status, newcomer.page.h1]).toEqual([422, '登録の確認']);
      expect(newcomer.page.field('確認コード').getAttribute('value')).toBe('');
    }
    await signsIn(running.visitor(), asking.suzuki);
    newcomer.fills('確認コード', await app.code());
    await newcomer.presses('登録を完了する');
    expect(newcomer.page.h1).toBe('リカバリーコード');
  });

  it('waits from the proof of the mailbox on, however late that is', async () => {
    const asking = await askingCompany(running);
    const newcomer = await opensActivation(running, asking);
    await running.clock.advance('23 hours');
    const { app } = await completesWithFactor(running, newcomer);
    await running.clock.advance('23 hours');
    await signsIn(newcomer, asking.suzuki);
    await gives(newcomer, await app.nextCode());
    expect(newcomer.page.h1).toBe('追加登録のお手続きの状況');
  });

  it('comes in at once when an administrator with a factor approves', async () => {
    const asking = await askingCompany(running, 1);
    const newcomer = await opensActivation(running, asking);
    const { codes } = await completesWithFactor(running, newcomer);
    await running.clock.advance('6 minutes');
    await asking.person.opens('/admin-enrollment/cases');
    await asking.person.follows('鈴木 一郎');
    await asking.person.follows('承認へ進む');
    await asking.person.presses('承認する');
    asking.person.fills('確認コード', await asking.equipped.app.nextCode());
    await asking.person.presses('操作を続ける');
    expect(asking.person.page.text).toContain('承認しました');
    const person = running.visitor();
    await signsIn(person, asking.suzuki);
    await givesRecoveryCode(person, codes[0]!);
    expect(person.page.path).toBe('/');
  });
});

it('nobody sees recovery codes behind the same link in another browser', async () => {
  const asking = await askingCompany(running);
  const newcomer = await opensActivation(running, asking);
  await completesWithFactor(running, newcomer);
  await newcomer.opens('/activation/recovery-codes');
  expect(newcomer.page.h1).toBe('リカバリーコード');
  const another = running.visitor();
  await another.opens('/activation/recovery-codes');
  expect(another.page.path).toBe('/login');
});

it('a policy that begins meanwhile counts', async () => {
  const asking = await askingCompany(running);
  await switchesTo(asking.person, 'nobody');
  const newcomer = await opensActivation(running, asking);
  expect(newcomer.page.text).not.toContain('2段階認証');
  await switchesTo(asking.person, 'administrators');
  await newcomer.presses('登録を完了する');
  expect([newcomer.page.status, newcomer.page.h1]).toEqual([422, '登録の確認']);
  await completesWithFactor(running, newcomer);
  expect(newcomer.page.h1).toBe('リカバリーコード');
});

it('a newcomer of a company that asks nobody waits for nothing, as before', async () => {
  const left = await leftBehind(running);
  const newcomer = await takesOver(running, left);
  await signsIn(newcomer, left.suzuki);
  expect(newcomer.page.path).toBe('/');
});
