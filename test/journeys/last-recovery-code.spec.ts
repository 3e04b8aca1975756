import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { answers, proved } from '../support/factor-recovery.js';
import { listExists } from '../support/ip-lists.js';
import { companyExists } from '../support/members.js';
import type { Corporation, Member } from '../support/people.js';
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
let corporation: Corporation;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  ({ suzuki, corporation } = await companyExists(running));
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
  await running.mailbox.everythingIsSent();
  const told = running.mailbox.unread(suzuki.email).filter(({ text }) => text.includes('30分以内'));
  expect(told).toHaveLength(1);
  await running.clock.advance('31 minutes');
  expect(await isShownKey(person)).toBe(false);
});

it('opens nothing where another one is left: a thief may hold a single one', async () => {
  const thief = await signedInByPaper(2);
  expect(await isShownKey(thief)).toBe(false);
  await thief.presses('切り替えへ進む');
  expect([thief.page.status, thief.page.h1]).toEqual([403, '本人確認']);
});

it.each([
  [
    2,
    '使えるリカバリーコードは、あと1個です。',
    'リカバリーコードを1つ使いました。残りは1個です。',
  ],
  [1, '「確認コードを入力できない方」へお進みください。', '最後のリカバリーコードを使いました。'],
])(
  'is spent where the address is refused, and both page and mail say so (%s left)',
  async (left, inMail, told) => {
    const { codes } = await hasFactor(running, suzuki);
    for (const code of codes.slice(left)) await entersWith(code);
    await listExists(running, corporation, ['198.51.100.0/24']);
    await running.mailbox.isReadBy(suzuki.email);
    const person = await entersWith(codes[0]!);
    expect(person.page.path).toMatch(/^\/ip-restriction\/access/);
    expect(person.page.notice).toContain(told);
    const mail = await running.mailbox.mailTo(suzuki.email);
    expect(mail.subject).toContain('リカバリーコードが使われました');
    expect(mail.text).toContain('ログインは完了していません。');
    expect(mail.text).toContain(inMail);
    expect(mail.text).not.toContain('30分以内');
  },
);

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
