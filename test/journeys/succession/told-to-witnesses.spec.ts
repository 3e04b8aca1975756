import { startApp, type RunningApp } from '../../support/app.js';
import { signsIn } from '../../support/registration.js';
import { applies, leftBehind, objectionLink, objects } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('an objection before the proof of the mailbox is told to the other witnesses, by the link, the TOP page and the page of the case, with what it means', async () => {
  const left = await leftBehind(running, 1);
  await applies(running.visitor(), left.corporation, left.suzuki);
  const kato = running.visitor();
  const loginId = left.sato.loginId.replace('sato', 'kato') + '-1';
  const member = { ...left.sato, loginId, email: `${loginId}@example.jp` };
  const link = await objectionLink(running, member);
  const told = 'ほかの方の異議申し立てを受け付けています。';
  await kato.opens(link);
  expect(kato.page.text).not.toContain(told);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  await kato.reloads();
  const pages = [kato.page.text];
  await signsIn(kato, member);
  expect(kato.page.text).not.toContain('管理者の追加登録がありました');
  await kato.follows(
    '管理者の追加登録に、ほかの方が異議を申し立てています。内容をご確認ください。 内容を確認する',
  );
  await kato.follows('鈴木 一郎');
  for (const text of [...pages, kato.page.text]) {
    expect(text).toContain(told);
    expect(text).toContain('メールアドレスが確認されても、ご利用は停止したままになり、');
    expect(text).toContain('重ねて申し立てる必要はありません。');
    expect(text).not.toContain('異議を申し立てると');
  }
});
