import { startApp, type RunningApp } from '../support/app.js';
import { holdsAccount } from '../support/held-company.js';
import { signedIn } from '../support/own-account.js';
import { sakuraExists } from '../support/second-factor.js';

const NEW_PASSWORD = 'yama-no-ue-2031';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('does nothing more for a copy of the cookie that came while the password was changed', async () => {
  const corporation = await sakuraExists(running);
  const member = await running.people.staffExists({ corporation, loginId: 'suzuki', name: '鈴木' });
  const owner = await signedIn(running, member);
  const thief = owner.tab(owner.jar.copy());
  const held = await holdsAccount(running, member);
  const changed = owner.sends('POST', '/me/password', {
    fields: {
      currentPassword: member.password,
      password: NEW_PASSWORD,
      passwordConfirmation: NEW_PASSWORD,
    },
  });
  await held.isWaitedFor(1);
  const acted = thief.sends('POST', '/me/language', { fields: { language: 'en' } });
  await held.isWaitedFor(2);
  await held.letsGo();
  expect((await changed).headers.location).not.toMatch(/^\/login/);
  expect((await acted).headers.location).toBe('/login?next=%2F');
  expect((await owner.opens('/me')).status).toBe(200);
});
