import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation } from '../support/people.js';
import { signsIn } from '../support/registration.js';
import { asked, gives, sakuraExists, somebodyWithFactor } from '../support/second-factor.js';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await sakuraExists(running);
});
afterAll(() => running.stop());

const endsOf = ({ page }: Visitor): string[] =>
  page.root.querySelectorAll('tbody .gk-chip').map(({ text }) => text.trim());

it('a sign-in is one row, and each wrong code one more', async () => {
  const { member, app } = await somebodyWithFactor(running, sakura);
  const person = await asked(running, member);
  await gives(person, await app.wrongCode());
  await gives(person, await app.code());
  await person.opens('/me/sign-ins');
  expect(endsOf(person)).toEqual(['成功', '失敗', '成功']);
});

it('a right password without a code stands out, also when the owner came right after', async () => {
  const { member, app } = await somebodyWithFactor(running, sakura);
  await signsIn(running.visitor({ address: '203.0.113.5', browser: 'curl/8.5.0' }), member);
  const person = await asked(running, member);
  await gives(person, await app.code());
  await person.opens('/me/sign-ins');
  expect(endsOf(person)).toEqual(['成功', '途中', '成功']);
  expect(person.page.text).toContain('203.0.113.5');
  const { text } = await person.sends('GET', '/me/sign-ins/export?encoding=utf-8');
  expect(text).toContain('途中');
});

it('an earlier try of the same browser is no part of the sign-in', async () => {
  const { member, app } = await somebodyWithFactor(running, sakura);
  await asked(running, member);
  const person = await asked(running, member);
  await gives(person, await app.code());
  await person.opens('/me/sign-ins');
  expect(endsOf(person)).toEqual(['成功', '途中', '成功']);
});
