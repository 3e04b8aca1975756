import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { isSignedIn, outcomesOf } from '../support/own-account.js';
import type { Corporation, Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';
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

async function fails(person: Visitor, code: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await gives(person, code);
}

describe('wrong codes', () => {
  it('are free five times; then each lets the browser wait longer, and the right one comes in after it', async () => {
    const { member, app } = await suzuki();
    const person = await isAskedElsewhere(member);
    await fails(person, await app.wrongCode(), 5);
    expect(person.page.status).toBe(422);
    for (const seconds of [5, 15, 60]) {
      await gives(person, await app.wrongCode());
      expect(person.page.status).toBe(422);
      await running.clock.advance(`${seconds - 1} seconds`);
      await gives(person, await app.code());
      expect([seconds, person.page.status]).toEqual([seconds, 429]);
      expect(person.page.headers['retry-after']).toBe('1');
      await running.clock.advance('1 second');
    }
    await gives(person, await app.code());
    expect(await isSignedIn(person)).toBe(true);
  });

  it('are told to the owner after five in a day, once a day', async () => {
    const { member, app } = await suzuki();
    const person = await isAskedElsewhere(member);
    await fails(person, await app.wrongCode(), 4);
    await running.mailbox.isReadBy(member.email);
    await fails(person, await app.wrongCode(), 1);
    const { text } = await running.mailbox.mailTo(member.email, '確認コードの間違いが続いています');
    expect(text).toContain('パスワードを知られているおそれがあります');
    await fails(person, await app.wrongCode(), 1);
    await running.mailbox.nothingFor(member.email);
    await running.clock.advance('1 day 1 second');
    const later = await isAskedElsewhere(member);
    await fails(later, await app.wrongCode(), 5);
    await running.mailbox.mailTo(member.email, '確認コードの間違いが続いています');
  });

  it('go on being counted over new sign-ins, and end with the right code', async () => {
    const { member, app } = await suzuki();
    await fails(await isAskedElsewhere(member), await app.wrongCode(), 4);
    const person = await isAskedElsewhere(member);
    await fails(person, await app.wrongCode(), 2);
    await gives(person, await app.code());
    expect(person.page.status).toBe(429);
    await running.clock.advance('5 seconds');
    await gives(person, await app.code());
    expect(await isSignedIn(person)).toBe(true);
    const next = await isAskedElsewhere(member);
    await fails(next, await app.wrongCode(), 5);
    await gives(next, await app.nextCode());
    expect(await isSignedIn(next)).toBe(true);
  });

  it('use up no recovery code while they wait', async () => {
    const { member, app, codes } = await suzuki();
    const person = await isAskedElsewhere(member);
    await fails(person, await app.wrongCode(), 6);
    await givesRecoveryCode(person, codes[0]!);
    expect(person.page.status).toBe(429);
    await running.clock.advance('5 seconds');
    person.fills('リカバリーコード', codes[0]!);
    await person.presses('ログイン');
    expect(await isSignedIn(person)).toBe(true);
  });

  it('of a thief with the password let the owner’s own browser in', async () => {
    const { member, app } = await suzuki();
    const own = await isAskedElsewhere(member);
    await gives(own, await app.code());
    await own.sends('POST', '/logout', { fields: {} });
    await fails(await isAskedElsewhere(member), await app.wrongCode(), 8);
    await signsIn(own, member);
    await gives(own, await app.nextCode());
    expect(await isSignedIn(own)).toBe(true);
  });

  it('are told no more often at 50 at once than in a row', async () => {
    const { member, app } = await suzuki();
    const person = await isAskedElsewhere(member);
    const fields = { factorCode: await app.wrongCode(), next: '/' };
    const before = (await outcomesOf(running, 'sign-in')).filter(
      (r) => r === 'second-factor-wrong',
    );
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => person.sends('POST', '/login/second-factor', { fields })),
    );
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(6);
    const after = (await outcomesOf(running, 'sign-in')).filter((r) => r === 'second-factor-wrong');
    expect(after.length - before.length).toBe(6);
  });
});

/** Known browsers of one person, each in front of a question of its own. */
async function manyBrowsers(member: Member, code: () => Promise<string>, count: number) {
  const browsers: Visitor[] = [];
  for (let number = 0; number < count; number += 1) {
    const person = await isAskedElsewhere(member);
    await gives(person, await code());
    expect(await isSignedIn(person)).toBe(true);
    person.jar.cookies.delete('session');
    await signsIn(person, member);
    browsers.push(person);
  }
  return browsers;
}

const posts = (person: Visitor, code: string) =>
  person.sends('POST', '/login/second-factor', { fields: { factorCode: code, next: '/' } });

describe('at the same time', () => {
  it('one recovery code, 20 times from one browser, opens one session', async () => {
    const { member, codes } = await suzuki();
    const person = await isAskedElsewhere(member);
    const answers = await Promise.all(Array.from({ length: 20 }, () => posts(person, codes[0]!)));
    const opened = answers.filter(({ headers }) => headers.location === '/');
    expect(opened).toHaveLength(1);
    const { rows } = await running.pool.query(
      `select (select count(*)::int from recovery_codes where account_id = $1 and used_at is not null) as used,
              (select count(*)::int from sessions where account_id = $1) as sessions`,
      [member.id],
    );
    // The other session set the factor up.
    expect(rows).toEqual([{ used: 1, sessions: 2 }]);
  });

  it.each(['totp', 'recovery code'])(
    'one %s from several browsers opens one session',
    async (kind) => {
      const { member, app, codes } = await suzuki();
      const browsers = await manyBrowsers(member, () => app.nextCode(), 4);
      const code = kind === 'totp' ? await app.nextCode() : codes[0]!;
      const answers = await Promise.all(
        browsers.flatMap((browser) => Array.from({ length: 5 }, () => posts(browser, code))),
      );
      expect(answers.filter(({ headers }) => headers.location === '/')).toHaveLength(1);
    },
  );
});
