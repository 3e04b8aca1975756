import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { answers, proved } from '../support/factor-recovery.js';
import { companyExists, type Company } from '../support/members.js';
import { changesEmail, isSignedIn, signedIn } from '../support/own-account.js';
import { choosesPassword, NEW_PASSWORD } from '../support/recovery.js';
import {
  asked,
  confirmsChange,
  gives,
  hasFactor,
  type AuthenticatorApp,
} from '../support/second-factor.js';

let running: RunningApp;
let company: Company;
let app: AuthenticatorApp;
/** Has moved the address of 鈴木 to a mailbox of his own. */
let thief: Visitor;
const stolen = 'thief@evil.example';
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
afterEach(() => running.clock.reset());
beforeEach(async () => {
  company = await companyExists(running);
  ({ app } = await hasFactor(running, company.suzuki));
  thief = await asked(running, company.suzuki);
  await gives(thief, await app.nextCode());
  await running.mailbox.isReadBy(company.suzuki.email);
  await changesEmail(running, thief, company.suzuki.email, stolen);
  await running.mailbox.isReadBy(stolen);
});

const pressesOn = (path: string, button: string) => async () => {
  await thief.opens(path);
  await thief.presses(button);
  await confirmsChange(thief, await app.nextCode());
};

async function choosesAnother(): Promise<void> {
  await thief.opens('/me/password');
  thief.fills('現在のパスワード', company.suzuki.password);
  thief.fills('新パスワード', NEW_PASSWORD);
  thief.fills('パスワード確認', NEW_PASSWORD);
  await thief.presses('パスワードを変更する');
}

async function recovers(): Promise<void> {
  const person = await proved(running, { ...company.suzuki, email: stolen });
  await answers(person, await app.nextCode());
  await choosesPassword(person);
  await person.presses('登録');
}

async function isTakenOff(): Promise<void> {
  const equipped = await hasFactor(running, company.sato);
  const administrator = await asked(running, company.sato);
  await gives(administrator, await equipped.app.nextCode());
  await administrator.opens(`/accounts/${company.suzuki.id}/second-factor`);
  await administrator.presses('2段階認証を解除する');
  await confirmsChange(administrator, await equipped.app.nextCode());
}

it.each<[string, () => Promise<void>]>([
  ['2段階認証の解除のお知らせ', pressesOn('/me/second-factor/removal', '2段階認証を解除する')],
  [
    'リカバリーコードの再発行のお知らせ',
    pressesOn('/me/second-factor/recovery-codes/renewal', '新しく10個発行する'),
  ],
  ['パスワード変更のお知らせ', choosesAnother],
  ['パスワード再登録完了のお知らせ', recovers],
  ['2段階認証の解除のお知らせ', isTakenOff],
])('%s reaches the mailbox from before as long as it can undo the change', async (subject, act) => {
  await act();
  const now = await running.mailbox.mailTo(stolen, subject);
  expect(now.text).not.toContain('変更前のアドレス');
  const { text } = await running.mailbox.mailTo(company.suzuki.email, subject);
  expect(text).toContain('変更をお知らせしたメールのURLから取り消してください。');
});

it('and not later', async () => {
  await running.clock.advance('73 hours');
  thief = await signedIn(running, company.suzuki);
  await gives(thief, await app.nextCode());
  expect(await isSignedIn(thief)).toBe(true);
  await running.mailbox.isReadBy(company.suzuki.email);
  await pressesOn('/me/second-factor/recovery-codes/renewal', '新しく10個発行する')();
  await running.mailbox.mailTo(stolen, 'リカバリーコードの再発行のお知らせ');
  await running.mailbox.nothingFor(company.suzuki.email);
});
