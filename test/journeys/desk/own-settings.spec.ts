import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import {
  deskPersonExists,
  pressesAtDesk,
  provesAtDesk,
  signsInAtDesk,
  type DeskPerson,
} from '../../support/desk.js';
import { AuthenticatorApp, shownCodes } from '../../support/second-factor.js';

const LOGIN = '/desk/login?next=%2Fdesk';

let running: RunningApp;
let tamura: DeskPerson;
let person: Visitor;
beforeAll(async () => {
  running = await startApp();
  tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
});
beforeEach(async () => {
  await running.clock.advance('1 hour');
  person = running.visitor();
  await signsInAtDesk(person, tamura);
});
afterAll(() => running.stop());

const cookieOf = (who: Visitor) => `desk-session=${who.jar.cookies.get('desk-session')!.value}`;

/** Where the desk leads a browser with such a cookie. */
const leadsTo = async (cookie: string) =>
  (await running.visitor().sends('GET', '/desk', { headers: { cookie } })).headers.location;

it('changes the password with the current one, ends other sessions and tells by mail', async () => {
  const other = running.visitor();
  await signsInAtDesk(other, tamura);
  await person.opens('/desk/me');
  await person.follows('パスワードの変更');
  const fill = (current: string) => {
    person.fills('現在のパスワード', current);
    person.fills('新パスワード', 'kaede-8453-yama');
    person.fills('パスワード確認', 'kaede-8453-yama');
  };
  fill('wrong-2026-password');
  expect((await person.presses('パスワードを変更する')).status).toBe(422);
  fill(tamura.password);
  const copied = cookieOf(person);
  await person.presses('パスワードを変更する');
  expect(person.page.path).toBe('/desk/me');
  expect([await leadsTo(copied), await leadsTo(cookieOf(person))]).toEqual([LOGIN, undefined]);
  expect(person.page.text).toContain('ほかの端末からはログアウトしました。');
  tamura = { ...tamura, password: 'kaede-8453-yama' };
  expect((await other.opens('/desk')).path).toMatch(/^\/desk\/login/);
  const mail = await running.mailbox.mailTo(tamura.email, 'ログインの設定の変更');
  expect(mail.text).toContain('担当窓口のパスワードが変更されました。');
});

it('replaces the app, whose old codes count no more', async () => {
  await person.opens('/desk/me/second-factor');
  await person.follows('認証アプリの取り替え');
  await provesAtDesk(person);
  const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
  person.fills('確認コード', await app.wrongCode());
  expect((await person.presses('確認して設定する')).status).toBe(422);
  person.fills('確認コード', await app.code());
  const copied = cookieOf(person);
  await person.presses('確認して設定する');
  expect(person.page.text).toContain('2段階認証の設定を変更しました。');
  expect(await leadsTo(copied)).toBe(LOGIN);
  const old = running.visitor();
  await signsInAtDesk(old, tamura);
  expect(old.page.status).toBe(422);
  tamura = { ...tamura, app };
  await running.clock.advance('1 minute');
  await signsInAtDesk(old, tamura);
  expect(old.page.path).toBe('/desk');
});

it('keeps the last factor', async () => {
  await person.opens('/desk/me/second-factor');
  await pressesAtDesk(person, '削除する');
  expect(person.page.text).toContain('最後の1つは削除できません。');
  const { rows } = await running.pool.query(
    'select from totp_secrets where operator_id is not null',
  );
  expect(rows).toHaveLength(1);
});

it('renews the recovery codes, and the old ones count no more', async () => {
  await person.opens('/desk/me/recovery-codes');
  await person.presses('新しく10個発行する');
  await provesAtDesk(person);
  const copied = cookieOf(person);
  await person.presses('新しく10個発行する');
  expect(await leadsTo(copied)).toBe(LOGIN);
  expect(person.page.text).toContain('ほかの端末からはログアウトしました。');
  const codes = shownCodes(person);
  expect(codes).toHaveLength(10);
  await person.presses('控えたので表示を終える');
  expect((await person.opens('/desk/me/recovery-codes')).text).not.toContain(codes[0]!);
  const again = running.visitor();
  for (const [code, path] of [
    [tamura.codes[0]!, /second-factor/],
    [codes[0]!, /^\/desk$/],
  ] as const) {
    await again.opens('/desk/login');
    again.fills('ID', tamura.loginId);
    again.fills('パスワード', tamura.password);
    await again.presses('ログイン');
    await again.follows('認証アプリが使えないときは、リカバリーコードを使う');
    again.fills('リカバリーコード', code);
    await again.presses('ログイン');
    expect(again.page.path).toMatch(path);
  }
});
