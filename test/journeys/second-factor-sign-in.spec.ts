import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { isSignedIn, outcomesOf, signedIn } from '../support/own-account.js';
import type { Corporation, Member } from '../support/people.js';
import {
  asked,
  gives,
  givesRecoveryCode,
  sakuraExists,
  somebodyWithFactor,
} from '../support/second-factor.js';

let running: RunningApp;
let corporation: Corporation;
beforeAll(async () => {
  running = await startApp();
  corporation = await sakuraExists(running);
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

const suzuki = () => somebodyWithFactor(running, corporation);
const isAskedElsewhere = (member: Member) => asked(running, member);

const hasSession = (person: Visitor) => person.jar.cookies.has('session');

describe('a sign-in with a factor', () => {
  it('opens no session before the code, and one after it', async () => {
    const { member, app } = await suzuki();
    const person = running.visitor();
    await person.opens('/me/profile');
    person.fills('ID', member.loginId);
    person.fills('パスワード', member.password);
    await person.presses('ログイン');
    expect(person.posted!.status).toBe(303);
    expect(person.page.h1).toBe('確認コードの入力');
    expect(hasSession(person)).toBe(false);
    expect(await isSignedIn(person)).toBe(false);
    expect(person.page.html).not.toContain('鈴木');
    await gives(person, await app.code());
    expect(person.page.path).toBe('/me/profile');
    expect(await isSignedIn(person)).toBe(true);
    expect((await outcomesOf(running, 'sign-in')).slice(-2)).toEqual([
      'second-factor-needed',
      'done',
    ]);
  });

  it('takes a recovery code once', async () => {
    const { member, codes } = await suzuki();
    for (const expected of [true, false]) {
      const person = await isAskedElsewhere(member);
      await givesRecoveryCode(person, codes[3]!.replaceAll('-', ' ').toLowerCase());
      expect(await isSignedIn(person)).toBe(expected);
      expect(person.posted!.status).toBe(expected ? 303 : 422);
    }
  });

  it('tells of a used recovery code: at once, by mail, and on the TOP page where few are left', async () => {
    const { member, codes } = await suzuki();
    for (const code of codes.slice(0, 6)) {
      const person = await isAskedElsewhere(member);
      await givesRecoveryCode(person, code);
      await running.mailbox.mailTo(member.email, 'リカバリーコードが使われました');
    }
    const person = await isAskedElsewhere(member);
    await givesRecoveryCode(person, codes[6]!);
    expect(person.page.notice).toContain('リカバリーコードを1つ使いました。残りは3個です。');
    const { text } = await running.mailbox.mailTo(member.email, 'リカバリーコードが使われました');
    expect(text).toContain('あと3個です。');
    await person.opens('/');
    expect(person.page.text).toContain('使えるリカバリーコードは、あと3個です。新しく発行し');
  });

  it('is over for a second tab once the first one finished it, which sees the TOP page', async () => {
    const { member, app } = await suzuki();
    const person = await isAskedElsewhere(member);
    await gives(person, await app.code());
    const fields = { code: await app.code() };
    const { headers } = await person.sends('POST', '/login/second-factor', { fields });
    await person.opens(headers.location!);
    expect(person.page.path).toBe('/');
    expect(person.page.text).not.toContain('最初からやり直してください');
  });

  it('is not asked of anybody without one', async () => {
    const given = { corporation, loginId: 'plain', name: '田中 一郎' };
    const person = await signedIn(running, await running.people.staffExists(given));
    expect(person.page.path).toBe('/');
  });

  it('says that a code is wrong, shows none back, and counts it for the owner', async () => {
    const { member, app } = await suzuki();
    const person = await isAskedElsewhere(member);
    const wrong = await app.wrongCode();
    await gives(person, wrong);
    expect(person.page.status).toBe(422);
    expect(person.page.title).toContain('エラー：');
    expect(person.page.errors[0]).toContain('確認コードを確認できませんでした。');
    expect(person.page.html).not.toContain(wrong);
    await gives(person, '');
    expect(person.page.errors).toEqual(['確認コードを入力してください。']);
    await gives(person, await app.code());
    expect(person.page.text).toContain('前回のログインのあと、1回のログイン失敗がありました。');
    await person.opens('/me/sign-ins');
    expect(person.page.text).toContain('確認コードが違いました');
  });

  it('leads to the own pages only', async () => {
    const { member, app } = await suzuki();
    const person = await isAskedElsewhere(member);
    const fields = { code: await app.code(), next: '//evil.example/' };
    const answer = await person.sends('POST', '/login/second-factor', { fields });
    expect([answer.status, answer.headers.location]).toEqual([303, '/']);
  });
});

describe('a code', () => {
  it('counts once, and no older one after it', async () => {
    const { member, app } = await suzuki();
    const first = await app.code();
    const former = await app.code(-1);
    const person = await isAskedElsewhere(member);
    await gives(person, first);
    expect(await isSignedIn(person)).toBe(true);
    for (const spent of [first, former]) {
      const thief = await isAskedElsewhere(member);
      await gives(thief, spent);
      expect(thief.page.status).toBe(422);
    }
    const again = await isAskedElsewhere(member);
    await gives(again, await app.nextCode());
    expect(await isSignedIn(again)).toBe(true);
  });

  it('that confirmed the set-up is used up by it', async () => {
    const { member, app } = await suzuki();
    const person = await isAskedElsewhere(member);
    // The set-up was two steps ago; a telephone that is slow by one shows the step between.
    await running.clock.stopsAt(new Date('2026-11-22T09:00:29+09:00'));
    await gives(person, await app.code());
    expect(person.page.status).toBe(422);
  });

  it.each([
    ['one step late', '59.999 seconds', true],
    ['two steps late', '60 seconds', false],
  ])('%s', async (_, later, counts) => {
    const { member, app } = await suzuki();
    await running.clock.stopsAt(new Date('2026-11-22T09:10:00+09:00'));
    const code = await app.code();
    const person = await isAskedElsewhere(member);
    await running.clock.advance(later);
    await gives(person, code);
    expect(await isSignedIn(person)).toBe(counts);
  });

  it.each([
    ['of a telephone that is one step fast', 1, true],
    ['of a telephone that is two steps fast', 2, false],
  ])('%s', async (_, ahead, counts) => {
    const { member, app } = await suzuki();
    const person = await isAskedElsewhere(member);
    await gives(person, await app.code(ahead));
    expect(await isSignedIn(person)).toBe(counts);
  });

  it('is of one account alone', async () => {
    const [mine, yours] = [await suzuki(), await suzuki()];
    const person = await isAskedElsewhere(mine.member);
    await gives(person, await yours.app.code());
    expect(person.page.status).toBe(422);
    await givesRecoveryCode(person, yours.codes[0]!);
    expect(person.page.status).toBe(422);
  });
});
