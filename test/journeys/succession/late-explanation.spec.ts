import { startApp, type RunningApp } from '../../support/app.js';
import { signsIn } from '../../support/registration.js';
import { leftBehind, objectionLink, objects, takesOver } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('says that an explanation was not received when it was sent too late', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const suzuki = running.visitor();
  await signsIn(suzuki, left.suzuki);
  suzuki.fills('担当窓口へのご説明', '前任から引き継ぎました。');
  await running.clock.advance('2 hours');
  await suzuki.presses('担当窓口へ送る');
  expect(suzuki.page.path).toBe('/login');
  expect(suzuki.page.notice).toContain('送信された内容を受け付けていません。');
  await signsIn(suzuki, left.suzuki);
  expect(suzuki.page.h1).toBe('追加登録のお手続きの状況');
});

it('says so too where the link of a mail is no longer in the browser', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  const link = await objectionLink(running, left.sato);
  const sato = running.visitor();
  const fields = { statement: 'この方は知りません。', act: 'object' };
  const late = await sato.sends('POST', '/admin-enrollment/objection', { fields });
  expect(late.status).toBe(410);
  expect(late.text).toContain('メールのURLをもう一度開いてください。');
  await objects(sato, link, fields.statement);
  expect(sato.page.h1).toBe('異議申し立てを受け付けました');
});
