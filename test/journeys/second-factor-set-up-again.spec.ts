import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { companyExists } from '../support/members.js';
import { signedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { AuthenticatorApp, isAsked, longEquipped, setsUpFactor } from '../support/second-factor.js';

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

/** By the mail, the factor counts as a first one. */
async function isFirst(): Promise<boolean> {
  const { text } = await running.mailbox.mailTo(suzuki.email, SET_UP);
  return text.includes('/second-factor-report/');
}

/** In one session. @param between how long it takes */
async function setsUpAnew(person: Visitor, between: string, old?: string): Promise<void> {
  await person.opens('/me/second-factor/removal');
  await person.presses('2段階認証を解除する');
  if (old !== undefined) {
    person.fills('確認コード', old);
    await person.presses('操作を続ける');
  }
  expect(person.page.text).toContain('未設定');
  await running.mailbox.mailTo(suzuki.email, '2段階認証の解除のお知らせ');
  await running.clock.advance(between);
  await person.opens('/me/second-factor/totp');
  const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
  person.fills('確認コード', await app.code());
  await person.presses('確認して設定する');
  if (person.page.h1 !== 'パスワードの確認') return;
  person.fills('現在のパスワード', suzuki.password);
  await person.presses('操作を続ける');
}

it('tells when the app was used last, from the code of its set-up on', async () => {
  const person = await signedIn(running, suzuki);
  await setsUpFactor(running, person);
  await person.opens('/me/second-factor');
  expect(person.page.facts).toMatchObject({ 最後に使った日時: '2026年11月22日(日) 9時00分' });
});

describe('a removal with a set-up behind it', () => {
  it('within five minutes of the old factor sets no first factor up', async () => {
    const { person, app } = await longEquipped(running, suzuki);
    await setsUpAnew(person, '4 minutes', await app.code());
    expect(await isFirst()).toBe(false);
  });

  it('sets a first factor up later', async () => {
    const { person, app } = await longEquipped(running, suzuki);
    await setsUpAnew(person, '6 minutes', await app.code());
    expect(await isFirst()).toBe(true);
  });

  it('sets a first factor up for whoever knows the password alone', async () => {
    const { person, app } = await longEquipped(running, suzuki);
    await person.opens('/me/second-factor/removal');
    await person.presses('2段階認証を解除する');
    person.fills('確認コード', await app.code());
    await person.presses('操作を続ける');
    const thief = await signedIn(running, suzuki);
    expect(isAsked(thief)).toBe(false);
    await setsUpFactor(running, thief);
    expect(await isFirst()).toBe(true);
  });

  it('sets a first factor up where the one before could still be reported', async () => {
    const thief = await signedIn(running, suzuki);
    const { app } = await setsUpFactor(running, thief);
    await running.mailbox.isReadBy(suzuki.email);
    await setsUpAnew(thief, '1 minute', await app.nextCode());
    expect(await isFirst()).toBe(true);
  });
});
