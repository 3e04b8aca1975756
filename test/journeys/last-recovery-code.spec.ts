import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { answers, proved } from '../support/factor-recovery.js';
import { companyExists } from '../support/members.js';
import type { Member } from '../support/people.js';
import {
  asked,
  AuthenticatorApp,
  confirmsChange,
  givesRecoveryCode,
  hasFactor,
} from '../support/second-factor.js';

const PAGE = '/me/second-factor/exchange';

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

/** By the first one of the codes that are left on the paper. */
async function signedInByPaper(left: number): Promise<Visitor> {
  const { codes } = await hasFactor(running, suzuki);
  for (const code of codes.slice(left)) await entersWith(code);
  return entersWith(codes[0]!);
}

async function entersWith(code: string): Promise<Visitor> {
  const person = await asked(running, suzuki);
  await givesRecoveryCode(person, code);
  return person;
}

async function isShownKey(person: Visitor): Promise<boolean> {
  await person.opens(PAGE);
  return person.page.root.querySelector('#totp-key') !== null;
}

it('opens the exchange of the app: nothing is left to give for it', async () => {
  const person = await signedInByPaper(1);
  expect(person.page.notice).toContain('30分以内に新しい認証アプリへ切り替えてください。');
  await person.opens('/me/second-factor/recovery-codes/renewal');
  await person.presses('新しく10個発行する');
  expect(person.page.h1).toBe('本人確認');
  await running.clock.advance('29 minutes');
  await person.follows('新しい認証アプリへの切り替え');
  const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
  person.fills('確認コード', await app.code());
  await person.presses('確認して切り替える');
  expect(person.page.notice).toContain('認証アプリを切り替えました。');
  await person.opens('/me/second-factor/recovery-codes/renewal');
  await person.presses('新しく10個発行する');
  await confirmsChange(person, await app.nextCode());
  expect(person.page.text).toContain('リカバリーコードを新しく発行しました。');
});

it('opens it for half an hour', async () => {
  const person = await signedInByPaper(1);
  expect(await isShownKey(person)).toBe(true);
  await running.clock.advance('31 minutes');
  expect(await isShownKey(person)).toBe(false);
});

it('opens nothing where another one is left: a thief may hold a single one', async () => {
  const thief = await signedInByPaper(2);
  expect(await isShownKey(thief)).toBe(false);
  await thief.presses('切り替えへ進む');
  expect([thief.page.status, thief.page.h1]).toEqual([403, '本人確認']);
});

it('is named as such where a recovery takes it, before the new password', async () => {
  const { codes } = await hasFactor(running, suzuki);
  for (const code of codes.slice(2)) await entersWith(code);
  const told = [];
  for (const code of codes.slice(0, 2)) {
    const person = await proved(running, suzuki);
    await answers(person, code);
    told.push(person.page.notice);
  }
  expect(told).toEqual([
    'リカバリーコードを1つ使いました。残りは1個です。',
    expect.stringContaining('最後のリカバリーコードを使いました。'),
  ]);
});
