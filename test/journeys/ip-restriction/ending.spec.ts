import { startApp, type RunningApp } from '../../support/app.js';
import {
  BRANCH,
  drafts,
  getsIn,
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

it('a trial is told and ended at a new sign-in that it refuses, where the former list admits', async () => {
  const { sato, tanaka, suzuki } = await newCompany(running);
  await signedIn(running, tanaka, BRANCH);
  const author = await signedIn(running, sato);
  await drafts(author, '192.0.2.0/24,支店');
  await startsTrial(author, '60');
  const staff = await signedIn(running, suzuki);
  expect(staff.page.status).toBe(403);
  expect(staff.page.text).toContain(
    'この制限は試行中です。2026年11月22日(日) 11時00分（日本時間）まで',
  );
  expect(staff.page.text).not.toContain('試行を今すぐ終了する');
  const fields = { act: 'end', version: '', currentPassword: suzuki.password };
  const refused = await staff.sends('POST', '/ip-restriction/access', { fields });
  expect(refused.status).toBe(403);
  const person = await signedIn(running, sato);
  expect(person.page.text).toContain('この制限は試行中です');
  person.fills('現在のパスワード', 'not the password');
  await person.presses('試行を今すぐ終了する');
  expect(person.page.status).toBe(422);
  expect(person.page.text).toContain('この制限は試行中です');
  await person.opens('/ip-restriction/access');
  expect(person.page.text).toContain('この制限は試行中です');
  person.fills('現在のパスワード', sato.password);
  await person.presses('試行を今すぐ終了する');
  expect(person.page.notice).toContain('元の設定に戻しました');
  expect(await getsIn(person)).toBe(true);
});
