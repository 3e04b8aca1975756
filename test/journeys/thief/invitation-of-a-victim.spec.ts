import { startApp, type RunningApp } from '../../support/app.js';
import { accepts, invitationTo, invited, invites } from '../../support/invitation.js';
import { chooses } from '../../support/members.js';
import { signsIn } from '../../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
} from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('an invitation rests while a newcomer has deleted its sender, and works after the objection', async () => {
  const left = await leftBehind(running);
  const sato = running.visitor();
  await signsIn(sato, left.sato);
  const email = `invited-${left.sato.loginId}@example.jp`;
  await invites(sato, invited(email));
  const link = await invitationTo(running, email);
  const thief = await takesOverAndSignsIn(running, left);
  await chooses(thief, left.sato);
  await thief.presses('削除');
  const person = running.visitor();
  await person.opens(link);
  expect([person.page.status, person.page.h1]).toEqual([410, 'この招待はご利用いただけません']);
  expect(person.page.text).toContain('元に戻れば、期限まで同じURLから登録できます。');
  await objects(running.visitor(), await objectionLink(running, left.sato));
  await accepts(person, link, `invited-${left.sato.loginId}`);
  expect(person.page.path).toBe('/login');
  await signsIn(person, { loginId: `invited-${left.sato.loginId}`, password: 'momiji-7342-kawa' });
  expect(person.page.h1).toBe('TOPページ');
});
