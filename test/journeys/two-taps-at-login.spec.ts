import { startApp, type RunningApp } from '../support/app.js';
import { isSignedIn } from '../support/own-account.js';
import { gives, sakuraExists, somebodyWithFactor } from '../support/second-factor.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

it('a second tap on one form leads where the first led, whichever answer the browser keeps', async () => {
  const { member, app } = await somebodyWithFactor(running, await sakuraExists(running));
  const address = '10.99.1.1';
  const person = running.visitor({ address });
  await person.opens('/login');
  const attempt = person.page.content('[name=attempt]').getAttribute('value')!;
  const tap = { loginId: member.loginId, password: member.password, next: '/', attempt };
  person.fills('ID', member.loginId);
  person.fills('パスワード', member.password);
  await person.presses('ログイン');
  // Its answer is thrown away, though its work was done last.
  const thrownAway = await running.visitor({ address }).sends('POST', '/login', { fields: tap });
  expect(thrownAway.status).toBe(303);
  await gives(person, await app.code());
  expect([person.page.path, await isSignedIn(person)]).toEqual(['/', true]);

  // What was used is never the same again, and every page has a form of its own.
  await running.clock.advance('30 seconds');
  const later = running.visitor({ address });
  const again = await later.sends('POST', '/login', { fields: tap });
  expect(again.status).toBe(303);
  expect(later.jar.cookies.get('sign-in')).not.toBe(person.jar.cookies.get('sign-in'));
  await later.opens('/login');
  expect(later.page.content('[name=attempt]').getAttribute('value')).not.toBe(attempt);
});
