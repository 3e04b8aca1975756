import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { decides, deskCases } from '../../support/desk-case.js';
import {
  deskPersonExists,
  givesPassword,
  pressesAtDesk,
  provesAtDesk,
  signsInAtDesk,
  type DeskPerson,
} from '../../support/desk.js';
import { AuthenticatorApp, shownCodes } from '../../support/second-factor.js';
import { leftBehind, objectionLink, objects, takesOver } from '../../support/succession.js';

const FACTORS = '/desk/me/second-factor';
const APP = `${FACTORS}/app`;
const CODES = '/desk/me/recovery-codes';

let running: RunningApp;
let tamura: DeskPerson;
let nakai: DeskPerson;
let person: Visitor;
beforeAll(async () => {
  running = await startApp();
  tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
  nakai = await deskPersonExists(running, { loginId: 'nakai', name: '中井' });
});
beforeEach(async () => {
  person = running.visitor();
  await signsInAtDesk(person, nakai);
});
afterAll(() => running.stop());

/** The factors as they are stored. */
const stored = async () =>
  (
    await running.pool.query(
      `select sealed_secret::text as factor from totp_secrets
       union all select operator_id::text from passkeys
       union all select code_hash::text from recovery_codes order by 1`,
    )
  ).rows;

/** Another app takes the place of the one before. */
async function replacesApp(who: Visitor): Promise<AuthenticatorApp> {
  await who.opens(APP);
  await provesAtDesk(who);
  const app = new AuthenticatorApp(running, who.page.content('#totp-key').text);
  who.fills('確認コード', await app.code());
  await who.presses('確認して設定する');
  expect(who.page.notice).toContain('2段階認証の設定を変更しました。');
  return app;
}

/** By a code of the paper. */
async function signsInByCode(code: string): Promise<Visitor> {
  const own = running.visitor();
  await givesPassword(own, nakai);
  await own.follows('認証アプリが使えないときは、リカバリーコードを使う');
  own.fills('リカバリーコード', code);
  await own.presses('ログイン');
  return own;
}

it('each change right after the sign-in asks for the factor, and does nothing without', async () => {
  const before = await stored();
  const acts: [string, string, Record<string, string>?][] = [
    ['GET', APP],
    ['POST', APP, { newFactorCode: '123456' }],
    ['GET', `${FACTORS}/passkey`],
    ['POST', `${FACTORS}/passkey`, { passkey: '{}' }],
    ['POST', FACTORS, { act: 'remove-app' }],
    ['POST', FACTORS, { act: 'remove-passkey' }],
    ['POST', CODES, { act: 'renew', sheet: '' }],
  ];
  for (const [method, path, fields] of acts) {
    const answer = await person.sends(method, path, fields && { fields });
    expect([method, path, answer.headers.location]).toEqual([
      method,
      path,
      expect.stringMatching(/^\/desk\/confirmation\?/),
    ]);
  }
  expect(await stored()).toEqual(before);
  expect((await person.opens(FACTORS)).html).not.toContain('totp-key');
});

it('the question names what it goes on with, and its answer counts for that alone', async () => {
  await person.opens(CODES);
  await person.presses('新しく10個発行する');
  expect(person.page.facts).toMatchObject({ 続ける操作: 'リカバリーコードの再発行' });
  await provesAtDesk(person);
  expect(person.page.notice).toContain('もう一度ボタンを押すと');
  await person.opens(APP);
  expect(person.page.facts).toMatchObject({ 続ける操作: '認証アプリの設定' });
});

it('a change uses the answer up', async () => {
  nakai = { ...nakai, app: await replacesApp(person) };
  await person.opens(APP);
  expect(person.page.h1).toBe('本人確認');
});

it('the new key is shown for half an hour, and other acts wait for five minutes', async () => {
  await person.opens(APP);
  await provesAtDesk(person);
  for (const _ of [1, 2]) {
    await running.clock.advance('14 minutes');
    expect((await person.opens(APP)).html).toContain('totp-key');
  }
  await running.clock.advance('3 minutes');
  expect((await person.opens(APP)).h1).toBe('本人確認');
  await person.opens(CODES);
  await person.presses('新しく10個発行する');
  await provesAtDesk(person);
  await running.clock.advance('6 minutes');
  await person.presses('新しく10個発行する');
  expect(person.page.h1).toBe('本人確認');
});

it('a change is told to its owner, the other leads and the desk', async () => {
  const { deskMail } = running.config;
  for (const address of [nakai.email, tamura.email, deskMail])
    await running.mailbox.isReadBy(address);
  nakai = { ...nakai, app: await replacesApp(person) };
  await running.mailbox.mailTo(nakai.email, 'ログインの設定の変更');
  for (const address of [tamura.email, deskMail]) {
    const { text } = await running.mailbox.mailTo(address, 'オペレーターの変更（中井）');
    expect(text).toContain('中井が、ご自分の2段階認証の設定を変更しました。');
  }
  await running.mailbox.nothingFor(nakai.email);
});

it('a recovery code is told by notice and mail, and opens nothing but the sign-in', async () => {
  const own = await signsInByCode(nakai.codes[0]!);
  expect(own.page.notice).toContain('リカバリーコードを1つ使いました。残りは9個です。');
  const mail = await running.mailbox.mailTo(
    nakai.email,
    '担当窓口でリカバリーコードが使われました',
  );
  expect(mail.text).toContain('あと9個です。');
  expect((await own.opens(APP)).h1).toBe('本人確認');
});

it('the last recovery code of the sign-in opens the exchange of the app alone', async () => {
  await person.opens(CODES);
  await pressesAtDesk(person, '新しく10個発行する');
  const codes = shownCodes(person);
  const last = codes[9]!;
  for (const code of codes.slice(0, 9)) await signsInByCode(code);
  const own = await signsInByCode(last);
  expect(own.page.notice).toContain('最後のリカバリーコードを使いました。');
  await own.opens(CODES);
  await own.presses('新しく10個発行する');
  expect(own.page.h1).toBe('本人確認');
  await own.opens(APP);
  const app = new AuthenticatorApp(running, own.page.content('#totp-key').text);
  own.fills('確認コード', await app.code());
  await own.presses('確認して設定する');
  expect(own.page.notice).toContain('2段階認証の設定を変更しました。');
  expect((await own.opens(APP)).h1).toBe('本人確認');
  nakai = { ...nakai, app };
});

it('each of two words about a case asks for the factor in the act itself', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const { number } = (await deskCases(running, left.corporation))[0]!;
  const lead = running.visitor();
  await signsInAtDesk(lead, tamura);
  for (const [clerk, told] of [
    [person, '1人目の判断'],
    [lead, '登録を承認しました'],
  ] as const) {
    const path = `/desk/cases/${number}/decisions/uphold`;
    const fields = { why: 'お電話で確認', act: 'grant' };
    const { headers } = await clerk.sends('POST', path, { fields });
    expect(headers.location).toMatch(/^\/desk\/confirmation\?/);
    await decides(clerk, number, '登録を承認する');
    expect(clerk.page.notice).toContain(told);
  }
});
