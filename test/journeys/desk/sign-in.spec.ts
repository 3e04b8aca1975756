import { startApp, type RunningApp } from '../../support/app.js';
import {
  deskPersonExists,
  givesPassword,
  signsInAtDesk,
  type DeskPerson,
} from '../../support/desk.js';

let running: RunningApp;
let tamura: DeskPerson;
beforeAll(async () => {
  running = await startApp();
  tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
});
afterAll(() => running.stop());

it('leads from the mailed link through password and factor to the TOP page of the desk', async () => {
  const person = running.visitor();
  await signsInAtDesk(person, tamura);
  expect(person.page.path).toBe('/desk');
  expect(person.page.text).toContain('田村 さん、お疲れさまです。');
});

it('asks everybody for the factor, and takes a recovery code once', async () => {
  const person = running.visitor();
  await givesPassword(person, tamura);
  expect(person.page.path).toMatch(/^\/desk\/login\/second-factor/);
  expect(person.page.text).toContain('5分以内に入力してください。');
  await person.follows('認証アプリが使えないときは、リカバリーコードを使う');
  person.fills('リカバリーコード', 'AAAA-AAAA-AAAA');
  await person.presses('ログイン');
  expect(person.page.errors[0]).toContain('リカバリーコードを確認できませんでした。');
  person.fills('リカバリーコード', tamura.codes[0]!);
  await person.presses('ログイン');
  expect(person.page.path).toBe('/desk');
});

it('asks for the same kind of code in another language, behind a wrong one too', async () => {
  const person = running.visitor();
  await givesPassword(person, tamura);
  await person.follows('認証アプリが使えないときは、リカバリーコードを使う');
  const asked = person.page.path;
  person.fills('リカバリーコード', 'AAAA-AAAA-AAAA');
  await person.presses('ログイン');
  expect([person.page.status, person.page.path]).toEqual([422, asked]);
  await person.presses('English');
  expect(person.page.content('[name=by]').getAttribute('value')).toBe('recovery-code');
});

it('waits for the factor in the own browser, whoever else knows the password', async () => {
  const person = running.visitor();
  await signsInAtDesk(person, tamura);
  await person.presses('ログアウト');
  await givesPassword(person, tamura);
  const [thief, other] = [running.visitor(), running.visitor()];
  await givesPassword(thief, tamura);
  await givesPassword(other, tamura);
  person.fills('確認コード', await tamura.app.nextCode());
  await person.presses('ログイン');
  expect(person.page.path).toBe('/desk');
  thief.fills('確認コード', await tamura.app.nextCode());
  await thief.presses('ログイン');
  expect(thief.page.path).toMatch(/^\/desk\/login\?/);
});
