import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { proved } from '../support/factor-recovery.js';
import { companyExists, type Company } from '../support/members.js';
import { changesEmail, isSignedIn, outcomesOf, signedIn, undoes } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { choosesPassword, NEW_PASSWORD } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';
import {
  asked,
  confirmsChange,
  gives,
  hasFactor,
  isAsked,
  setsUpFactor,
} from '../support/second-factor.js';

const SET_UP = '2段階認証の設定のお知らせ';
const BUTTON = '2段階認証を解除し、パスワードを使えなくする';

let running: RunningApp;
let company: Company;
let suzuki: Member;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  company = await companyExists(running);
  suzuki = company.suzuki;
});

/** A thief who knows the password alone made a factor of his own. */
async function isRobbed() {
  const thief = await signedIn(running, suzuki);
  return { thief, ...(await setsUpFactor(running, thief)) };
}

async function linkTo(address: string): Promise<string> {
  return running.mailbox.linkIn(await running.mailbox.mailTo(address, SET_UP));
}

async function reports(link: string): Promise<Visitor> {
  const owner = running.visitor();
  await owner.opens(link);
  await owner.presses(BUTTON);
  return owner;
}

/** By mailbox and numbers alone. */
async function recovers(): Promise<void> {
  const owner = await proved(running, suzuki);
  await choosesPassword(owner);
  await owner.presses('登録');
  const home = running.visitor();
  await signsIn(home, { ...suzuki, password: NEW_PASSWORD });
  expect(await isSignedIn(home)).toBe(true);
}

async function hasPassword(member: Member): Promise<boolean> {
  const person = running.visitor();
  await signsIn(person, member);
  return isAsked(person) || isSignedIn(person);
}

it('gives an account back whose first factor a thief of the password set up', async () => {
  const { thief, app } = await isRobbed();
  const unfinished = await asked(running, suzuki);
  const link = await linkTo(suzuki.email);
  const owner = running.visitor();
  await owner.opens(link);
  expect(owner.page.path).toBe('/second-factor-report');
  expect(owner.page.text).toContain('これまでのパスワードを使えなくします。');
  expect(await isSignedIn(thief)).toBe(true);
  await owner.presses(BUTTON);
  expect(owner.page.h1).toBe('2段階認証を解除しました');
  expect(await isSignedIn(thief)).toBe(false);
  await gives(unfinished, await app.nextCode());
  expect(await isSignedIn(unfinished)).toBe(false);
  expect(await hasPassword(suzuki)).toBe(false);
  const { text } = await running.mailbox.mailTo(suzuki.email, '2段階認証を解除しました');
  expect(text).toContain('お心当たりがないとのお申し出');
  await owner.follows('パスワードを再登録する');
  await recovers();
  expect((await outcomesOf(running, 'second-factor-report')).at(-1)).toBe('done');
});

it('acts once, for 72 hours, and is no link of another kind', async () => {
  await isRobbed();
  const link = await linkTo(suzuki.email);
  await reports(link);
  const again = running.visitor();
  await again.opens(link);
  expect([again.page.status, again.page.h1]).toEqual([410, 'このURLはすでに使われています']);
  const report = link.replace('second-factor-report', 'sign-in-report');
  expect((await again.opens(report)).status).toBe(410);
  const late = await signedIn(running, company.tanaka);
  await setsUpFactor(running, late);
  const second = await linkTo(company.tanaka.email);
  await running.clock.advance('72 hours');
  await again.opens(second);
  expect([again.page.status, again.page.h1]).toEqual([410, 'このURLは期限が切れています']);
});

it('belongs to a first factor alone: whoever adds one has given one', async () => {
  const { thief, codes } = await isRobbed();
  await linkTo(suzuki.email);
  await thief.opens('/me/second-factor/recovery-codes/renewal');
  await thief.presses('新しく10個発行する');
  await confirmsChange(thief, codes[0]!);
  await running.mailbox.mailTo(suzuki.email, 'リカバリーコードが使われました');
  const renewed = await running.mailbox.mailTo(suzuki.email);
  expect([codes.length, renewed.text.includes('/second-factor-report/')]).toEqual([10, false]);
});

it('comes to the former mailbox too, while the change of the address can be undone', async () => {
  const thief = await signedIn(running, suzuki);
  const undo = await changesEmail(running, thief, suzuki.email, 'thief@evil.example');
  await setsUpFactor(running, thief);
  const owner = await reports(await linkTo(suzuki.email));
  expect(owner.page.h1).toBe('2段階認証を解除しました');
  expect(await isSignedIn(thief)).toBe(false);
  await undoes(owner, undo);
  await running.mailbox.isReadBy(suzuki.email);
  await recovers();
});

it('later changes lead the former mailbox to its undo, not to a re-registration', async () => {
  const thief = await signedIn(running, suzuki);
  await changesEmail(running, thief, suzuki.email, 'thief3@evil.example');
  await thief.opens('/me/password');
  thief.fills('現在のパスワード', suzuki.password);
  thief.fills('新パスワード', NEW_PASSWORD);
  thief.fills('パスワード確認', NEW_PASSWORD);
  await thief.presses('パスワードを変更する');
  const present = await running.mailbox.mailTo('thief3@evil.example', 'パスワード変更のお知らせ');
  const former = await running.mailbox.mailTo(suzuki.email, 'パスワード変更のお知らせ');
  expect(present.text).toContain('/password-reset');
  expect(former.text).not.toContain('/password-reset');
  expect(former.text).toContain('変更をお知らせしたメールのURLから取り消してください');
});

describe('the undo of a change of the mail address', () => {
  it('takes off a factor that was set up since, and the password with it', async () => {
    const thief = await signedIn(running, suzuki);
    const undo = await changesEmail(running, thief, suzuki.email, 'thief2@evil.example');
    await setsUpFactor(running, thief);
    const link = await linkTo('thief2@evil.example');
    await undoes(running.visitor(), undo);
    expect(await isSignedIn(thief)).toBe(false);
    expect(await hasPassword(suzuki)).toBe(false);
    await running.mailbox.isReadBy(suzuki.email);
    await recovers();
    await thief.opens(link);
    expect([thief.page.status, thief.page.h1]).toEqual([410, expect.stringContaining('URL')]);
    expect(await hasPassword({ ...suzuki, password: NEW_PASSWORD })).toBe(true);
  });

  it('leaves the factor from before', async () => {
    const { app } = await hasFactor(running, suzuki);
    const person = await asked(running, suzuki);
    await gives(person, await app.code());
    await running.mailbox.isReadBy(suzuki.email);
    const undo = await changesEmail(running, person, suzuki.email, 'new@sakura.example');
    await undoes(running.visitor(), undo);
    await gives(await asked(running, suzuki), await app.nextCode());
    expect(await hasPassword(suzuki)).toBe(true);
  });
});
