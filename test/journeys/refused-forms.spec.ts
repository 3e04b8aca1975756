import { startApp, type RunningApp } from '../support/app.js';
import { companyExists } from '../support/members.js';
import { signedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { asks, linkTo } from '../support/recovery.js';

const MAY_BE_BEHIND_BACK = 'private, no-cache';
const CLEARED = '先ほどの入力は消してあります。';

let running: RunningApp;
let sato: Member;
beforeAll(async () => {
  running = await startApp();
  ({ sato } = await companyExists(running));
});
afterAll(() => running.stop());

describe('the answer to a wrong form', () => {
  it.each([
    ['/login', { loginId: 'nobody', password: 'kaede-1192-tsuki' }],
    ['/password-reset', { email: 'nobody' }],
    ['/initiate/numbers', { corporateNumber: '12' }],
    ['/admin-enrollment/numbers', { corporateNumber: '12' }],
    ['/contact', { message: '' }],
  ])('may wait behind Back for whoever opened nothing: %s', async (path, fields) => {
    const person = running.visitor();
    await person.opens(path);
    expect(person.page.headers['cache-control']).toBe('no-store');
    await person.submits(fields);
    const { status, headers } = person.page;
    expect([status, headers['cache-control']]).toEqual([422, MAY_BE_BEHIND_BACK]);
  });

  it('is stored nowhere for somebody in a session', async () => {
    const person = await signedIn(running, sato);
    for (const path of ['/me/password', '/me/email', '/contact']) {
      await person.opens(path);
      await person.submits({});
      const { status, headers } = person.page;
      expect([status, headers['cache-control']]).toEqual([422, 'no-store']);
    }
  });

  it('is stored nowhere behind a mailed link', async () => {
    await asks(running.visitor(), sato.email);
    const person = running.visitor();
    await person.opens(await linkTo(running, sato.email));
    for (const path of ['/password-reset/numbers', '/contact']) {
      await person.opens(path);
      await person.submits({});
      const { status, headers } = person.page;
      expect([status, headers['cache-control']]).toEqual([422, 'no-store']);
    }
  });
});

describe('a password that comes back empty', () => {
  it('says so where something else was wrong', async () => {
    const person = await signedIn(running, sato);
    await person.opens('/me/password');
    expect(person.page.text).not.toContain(CLEARED);
    const passwords = { password: 'momiji-0815-kaze', passwordConfirmation: 'momiji-0815-kaze' };
    await person.submits({ currentPassword: 'another-77', ...passwords });
    expect(person.page.text.split(CLEARED)).toHaveLength(3);
    expect(person.page.errorsAt('現在のパスワード')).toHaveLength(1);
  });

  it('says nothing where none was typed', async () => {
    const person = running.visitor();
    await person.opens('/login');
    await person.submits({ loginId: sato.loginId, password: '' });
    expect(person.page.text).not.toContain(CLEARED);
    await person.submits({ loginId: '', password: sato.password });
    expect(person.page.text).toContain(CLEARED);
  });
});
