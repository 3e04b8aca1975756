import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { asksForEmail, isSignedIn, outcomesOf } from '../support/own-account.js';
import type { Corporation, Member } from '../support/people.js';
import {
  asked,
  gives,
  sakuraExists,
  somebodyWithFactor,
  type Equipped,
} from '../support/second-factor.js';

let running: RunningApp;
let corporation: Corporation;
beforeAll(async () => {
  running = await startApp();
  corporation = await sakuraExists(running);
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

interface Interrupted extends Equipped {
  member: Member;
  person: Visitor;
  to: string;
}

/** Somebody with a factor that was given five minutes ago, in front of the question. */
async function interrupted(): Promise<Interrupted> {
  const equipped = await somebodyWithFactor(running, corporation);
  const person = await asked(running, equipped.member);
  await gives(person, await equipped.app.code());
  await running.clock.advance('5 minutes');
  const to = `new-${equipped.member.email}`;
  await asksForEmail(person, to);
  expect(person.page.h1).toBe('パスワードの確認');
  return { person, to, ...equipped };
}

async function goesOnWith(person: Visitor, code: string): Promise<void> {
  person.fills('確認コード', code);
  await person.presses('操作を続ける');
}

describe('the question before something that matters', () => {
  it('takes a code in place of the password, and goes on with what was entered', async () => {
    const { person, to, app } = await interrupted();
    const before = person.jar.cookies.get('session')!.value;
    await goesOnWith(person, await app.code());
    expect(person.posted!.status).toBe(303);
    expect(person.page.facts).toMatchObject({ 新しいメールアドレス: to });
    expect(person.jar.cookies.get('session')!.value).not.toBe(before);
    expect((await outcomesOf(running, 'password-confirmation')).at(-1)).toBe('done');
    await running.clock.advance('4 minutes 59 seconds');
    await asksForEmail(person, `more-${to}`);
    expect(person.posted!.status).toBe(303);
    await running.clock.advance('1 second');
    await asksForEmail(person, `again-${to}`);
    expect(person.page.status).toBe(403);
  });

  it('takes the password as before, which is no factor', async () => {
    const { member, person, to } = await interrupted();
    person.fills('現在のパスワード', member.password);
    await person.presses('操作を続ける');
    expect(person.page.facts).toMatchObject({ 新しいメールアドレス: to });
    await person.opens('/me/second-factor/removal');
    await person.presses('2段階認証を解除する');
    expect(person.page.h1).toBe('本人確認');
  });

  it('takes a recovery code once', async () => {
    const { person, to, codes } = await interrupted();
    await goesOnWith(person, codes[0]!);
    expect(person.page.facts).toMatchObject({ 新しいメールアドレス: to });
    await running.clock.advance('5 minutes');
    await asksForEmail(person, `more-${to}`);
    await goesOnWith(person, codes[0]!);
    expect(person.page.status).toBe(422);
  });

  it('says that a code is wrong, forgets it, and counts it as the sign-in does', async () => {
    const { member, person, to, app } = await interrupted();
    const wrong = await app.wrongCode();
    for (let times = 0; times < 6; times += 1) await goesOnWith(person, wrong);
    expect(person.page.status).toBe(422);
    expect(person.page.errors[0]).toContain('確認コードを確認できませんでした。');
    expect(person.page.html).not.toContain(wrong);
    await goesOnWith(person, await app.code());
    expect(person.page.errors[0]).toContain('あと5秒');
    person.fills('現在のパスワード', member.password);
    await person.presses('操作を続ける');
    expect(person.page.facts).toMatchObject({ 新しいメールアドレス: to });
  });

  it('is not gone around by anybody without a factor', async () => {
    const { person } = await interrupted();
    const fields = { email: 'x@new.example', factorCode: '' };
    expect((await person.sends('POST', '/me/email', { fields })).status).toBe(403);
    const plain = running.visitor();
    await plain.opens('/login');
    plain.fills('ID', 'sato');
    plain.fills('パスワード', 'sakura-2026-mochi');
    await plain.presses('ログイン');
    await running.clock.advance('5 minutes');
    const answer = await plain.sends('POST', '/me/email', {
      fields: { email: 'y@new.example', factorCode: '123456' },
    });
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain('factorCode');
    expect(await isSignedIn(plain)).toBe(true);
  });
});
