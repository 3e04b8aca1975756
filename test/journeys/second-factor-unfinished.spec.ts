import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { isSignedIn } from '../support/own-account.js';
import type { Corporation, Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';
import {
  asked,
  gives,
  isAsked,
  sakuraExists,
  setsUpFactor,
  somebodyWithFactor,
} from '../support/second-factor.js';
import { leftBehind, objectionLink, objects, takesOverAndSignsIn } from '../support/succession.js';
import { lockIsWaitedFor } from '../support/until.js';

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

describe('an unfinished sign-in', () => {
  it('is over after five minutes, to the second', async () => {
    const { member, app } = await suzuki();
    const [inTime, late] = [await isAskedElsewhere(member), running.visitor()];
    await running.clock.advance('4 minutes 59 seconds');
    await gives(inTime, await app.code());
    expect(await isSignedIn(inTime)).toBe(true);
    await signsIn(late, member);
    await running.clock.advance('5 minutes');
    await gives(late, await app.code());
    expect(late.page.path).toBe('/login');
    expect(late.page.notice).toContain('最初からやり直してください。');
    expect(await isSignedIn(late)).toBe(false);
  });

  it('belongs to the browser that gave the password', async () => {
    const { member, app } = await suzuki();
    await isAskedElsewhere(member);
    const thief = running.visitor();
    await thief.opens('/login/second-factor');
    expect(thief.page.path).toBe('/login');
    for (const cookie of [
      'x',
      '00000000-0000-4000-8000-000000000000.x',
      `${'0'.repeat(36)}.${'A'.repeat(43)}`,
    ]) {
      thief.jar.cookies.set('sign-in', { value: cookie, attributes: '' });
      const fields = { code: await app.code(), next: '/' };
      const answer = await thief.sends('POST', '/login/second-factor', { fields });
      expect(answer.headers.location).toBe('/login/second-factor?next=%2F');
      await thief.opens(answer.headers.location!);
      expect(thief.page.path).toBe('/login');
    }
    expect(await isSignedIn(thief)).toBe(false);
  });

  it('is replaced by one that begins in another unknown browser of that network', async () => {
    const { member, app } = await suzuki();
    const [first, second] = [1, 2].map((host) =>
      running.visitor({ address: `203.0.113.${host}` }),
    ) as [Visitor, Visitor];
    await signsIn(first, member);
    await signsIn(second, member);
    const code = await app.code();
    await gives(first, code);
    expect(first.page.path).toBe('/login');
    expect(await isSignedIn(first)).toBe(false);
    await gives(second, code);
    expect(await isSignedIn(second)).toBe(true);
  });

  it('goes on in an unknown browser, whatever somebody of another network begins', async () => {
    const { member, app } = await suzuki();
    const own = await isAskedElsewhere(member);
    await signsIn(running.visitor({ address: '203.0.113.5' }), member);
    await gives(own, await app.code());
    expect(await isSignedIn(own)).toBe(true);
  });

  it('goes on in a known browser, whatever somebody elsewhere begins', async () => {
    const { member, app } = await suzuki();
    const own = await isAskedElsewhere(member);
    await gives(own, await app.code());
    await own.sends('POST', '/logout', { fields: {} });
    await signsIn(own, member);
    await isAskedElsewhere(member);
    await gives(own, await app.nextCode());
    expect(await isSignedIn(own)).toBe(true);
  });

  it('is over when its owner changes the password', async () => {
    const { member, app } = await suzuki();
    const own = await isAskedElsewhere(member);
    await gives(own, await app.code());
    const thief = await isAskedElsewhere(member);
    await own.opens('/me/password');
    own.fills('現在のパスワード', member.password);
    own.fills('新パスワード', 'yama-no-ue-2031');
    own.fills('パスワード確認', 'yama-no-ue-2031');
    await own.presses('パスワードを変更する');
    expect(own.page.path).toBe('/me');
    await gives(thief, await app.nextCode());
    expect(thief.page.path).toBe('/login');
    expect(await isSignedIn(thief)).toBe(false);
  });

  it('is over when the password is another, however it became so', async () => {
    const { member, app } = await suzuki();
    const thief = await isAskedElsewhere(member);
    await running.pool.query(
      `update accounts set password_hash = (select password_hash from accounts where login_id = 'sato') || ' '
       where id = $1`,
      [member.id],
    );
    await gives(thief, await app.code());
    expect(thief.page.path).toBe('/login');
    expect(await isSignedIn(thief)).toBe(false);
  });

  it('opens no page, asks nothing of the fresh password, and is not opened by GET', async () => {
    const { member, app } = await suzuki();
    const person = await isAskedElsewhere(member);
    await person.opens(`/login/second-factor?code=${await app.code()}`);
    expect(isAsked(person)).toBe(true);
    for (const path of ['/', '/me', '/me/second-factor', '/admin-enrollment/case']) {
      const { status, headers } = await person.sends('GET', path);
      expect([
        path,
        status,
        /^\/(?:login|admin-enrollment|$)/.test(headers.location ?? ''),
      ]).toEqual([path, 303, true]);
    }
  });
});

it('a factor that is set up while a password is compared is asked for at once', async () => {
  const { member } = await suzuki();
  const setUp = 'update accounts set second_factor_since = genkan_now() where id = $1';
  await running.pool.query(setUp.replace('genkan_now()', 'null'), [member.id]);
  const holder = await running.pool.connect();
  await holder.query('begin');
  await holder.query(setUp, [member.id]);
  const person = running.visitor();
  const entering = signsIn(person, member);
  await lockIsWaitedFor(running.pool);
  await holder.query('commit');
  holder.release();
  await entering;
  expect(isAsked(person)).toBe(true);
  expect(await isSignedIn(person)).toBe(false);
});

it('a newcomer whom an objection stopped reads the case behind the factor', async () => {
  const left = await leftBehind(running);
  const newcomer = await takesOverAndSignsIn(running, left);
  const { app } = await setsUpFactor(running, newcomer);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const again = running.visitor();
  await signsIn(again, left.suzuki);
  expect(isAsked(again)).toBe(true);
  expect((await again.sends('GET', '/admin-enrollment/case')).status).not.toBe(200);
  await again.opens('/login/second-factor');
  await gives(again, await app.nextCode());
  expect(again.page.path).toBe('/admin-enrollment/case');
  expect(again.page.status).toBe(200);
});
