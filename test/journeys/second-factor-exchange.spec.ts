import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { answers, FACTOR, proved } from '../support/factor-recovery.js';
import { companyExists } from '../support/members.js';
import { changesEmail, isSignedIn, signedIn, undoes } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { choosesPassword } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';
import {
  asked,
  AuthenticatorApp,
  confirmsChange,
  gives,
  givesRecoveryCode,
  hasFactor,
  longEquipped,
  setsUpFactor,
} from '../support/second-factor.js';

const PAGE = '/me/second-factor/exchange';
const EXCHANGED = '認証アプリの切り替えのお知らせ';
const SET_UP = '2段階認証の設定のお知らせ';

let running: RunningApp;
let suzuki: Member;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  ({ suzuki } = await companyExists(running));
});

/** From the page of the factor to the new app. @param old the old factor, where it is asked for */
async function exchanges(person: Visitor, old?: string): Promise<AuthenticatorApp> {
  await person.opens(PAGE);
  if (old !== undefined) {
    await person.presses('切り替えへ進む');
    person.fills('確認コード', old);
    await person.presses('操作を続ける');
  }
  const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
  person.fills('確認コード', await app.code());
  await person.presses('確認して切り替える');
  return app;
}

async function sinceOf({ id }: Member): Promise<unknown> {
  const { rows } = await running.pool.query<{ since: Date }>(
    'select second_factor_since as since from accounts where id = $1',
    [id],
  );
  return rows[0]!.since;
}

async function hasLink(subject: string): Promise<boolean> {
  const { text } = await running.mailbox.mailTo(suzuki.email, subject);
  return text.includes('/second-factor-report/');
}

it('shows a new key behind the old factor alone, and takes its code', async () => {
  const { person, app, codes } = await longEquipped(running, suzuki);
  const since = await sinceOf(suzuki);
  const elsewhere = await asked(running, suzuki);
  await person.opens('/me/second-factor');
  await person.follows('新しいスマートフォンへの切り替え');
  expect(person.page.root.querySelector('#totp-key')).toBeNull();
  await person.sends('POST', PAGE, { fields: { newFactorCode: '123456' } });
  expect(await isSignedIn(person)).toBe(true);
  const next = await exchanges(person, await app.code());
  expect(person.page.notice).toContain('認証アプリを切り替えました。');
  expect(await sinceOf(suzuki)).toEqual(since);
  await gives(elsewhere, await app.nextCode());
  expect(await isSignedIn(elsewhere)).toBe(false);
  const [byOld, byNew, byPaper] = await Promise.all([1, 2, 3].map(() => running.visitor()));
  await signsIn(byOld!, suzuki);
  await gives(byOld!, await app.nextCode());
  expect(await isSignedIn(byOld!)).toBe(false);
  await signsIn(byNew!, suzuki);
  await gives(byNew!, await next.nextCode());
  expect(await isSignedIn(byNew!)).toBe(true);
  await signsIn(byPaper!, suzuki);
  await givesRecoveryCode(byPaper!, codes[0]!);
  expect(await isSignedIn(byPaper!)).toBe(true);
});

it('asks for the old factor itself, however fresh it is: an unlocked computer is not enough', async () => {
  const { app } = await hasFactor(running, suzuki);
  const person = await asked(running, suzuki);
  await gives(person, await app.nextCode());
  for (const path of [PAGE, `${PAGE}?act=begin`]) {
    await person.opens(path);
    expect(person.page.root.querySelector('#totp-key')).toBeNull();
  }
  await person.presses('切り替えへ進む');
  expect([person.page.status, person.page.h1]).toEqual([403, '本人確認']);
  for (const newFactorCode of ['123456', await app.nextCode()]) {
    const sent = await person.sends('POST', PAGE, { fields: { newFactorCode } });
    expect([sent.status, sent.text.includes('大切な操作のため')]).toEqual([403, true]);
  }
});

it.each([
  ['/me/second-factor/removal', '2段階認証を解除する'],
  ['/me/second-factor/recovery-codes/renewal', '新しく10個発行する'],
])('so does %s, also right behind an exchange', async (path, button) => {
  const { person, app } = await longEquipped(running, suzuki);
  const next = await exchanges(person, await app.code());
  await person.opens(path);
  await person.presses(button);
  await confirmsChange(person, await next.nextCode());
  expect(person.page.status).toBe(200);
});

it('leaves everything as it is after a wrong code of the new app', async () => {
  const { person, app } = await longEquipped(running, suzuki);
  await person.opens(PAGE);
  await person.presses('切り替えへ進む');
  person.fills('確認コード', await app.code());
  await person.presses('操作を続ける');
  const next = new AuthenticatorApp(running, person.page.content('#totp-key').text);
  person.fills('確認コード', await next.wrongCode());
  await person.presses('確認して切り替える');
  expect([person.page.status, person.page.text.includes('確認コードが違います。')]).toEqual([
    422,
    true,
  ]);
  const again = await asked(running, suzuki);
  await gives(again, await app.nextCode());
  expect(await isSignedIn(again)).toBe(true);
});

it('is told without a link that takes the factor off: mailbox and numbers replace no factor', async () => {
  const { person, app } = await longEquipped(running, suzuki);
  await exchanges(person, await app.code());
  expect(await hasLink(EXCHANGED)).toBe(false);
  const recovery = await proved(running, suzuki);
  expect(recovery.page.path).toContain(FACTOR);
});

it('is asked for anew by a recovery that gave the old app', async () => {
  const { person, app } = await longEquipped(running, suzuki);
  const recovery = await proved(running, suzuki);
  await answers(recovery, await app.code());
  await choosesPassword(recovery);
  await exchanges(person, await app.nextCode());
  await recovery.presses('登録');
  expect(recovery.page.path).toContain(FACTOR);
});

it('has no page for whoever has no factor', async () => {
  const person = await signedIn(running, suzuki);
  await person.opens(PAGE);
  expect(person.page.path).toBe('/me/second-factor');
});

it('keeps the link of a first factor, which a thief of the password may have exchanged', async () => {
  const thief = await signedIn(running, suzuki);
  const { app } = await setsUpFactor(running, thief);
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(suzuki.email, SET_UP));
  await exchanges(thief, await app.nextCode());
  const owner = running.visitor();
  await owner.opens(link);
  await owner.presses('2段階認証を解除し、パスワードを使えなくする');
  expect(owner.page.h1).toBe('2段階認証を解除しました');
  expect(await isSignedIn(thief)).toBe(false);
});

it('ends with the change of a mail address that was made before it and is undone', async () => {
  const { person: thief, app } = await longEquipped(running, suzuki);
  await thief.opens(PAGE);
  await thief.presses('切り替えへ進む');
  thief.fills('確認コード', await app.code());
  await thief.presses('操作を続ける');
  const undo = await changesEmail(running, thief, suzuki.email, 'thief@evil.example');
  await running.clock.advance('1 minute');
  await exchanges(thief);
  await running.mailbox.mailTo(suzuki.email, EXCHANGED);
  await undoes(running.visitor(), undo);
  expect(await isSignedIn(thief)).toBe(false);
  expect(await sinceOf(suzuki)).toBeNull();
});
