import { startApp, type RunningApp } from '../support/app.js';
import { deskPersonExists, signsInAtDesk } from '../support/desk.js';
import type { Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';

let running: RunningApp;
let sato: Member;
beforeAll(async () => {
  running = await startApp();
  const corporation = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  sato = await running.people.administratorExists({
    corporation,
    loginId: 'sato',
    name: '佐藤 花子',
  });
});
afterAll(() => running.stop());

const nextIn = (next: string) => `login?${new URLSearchParams({ next }).toString()}`;

it.each([
  ['/help', '/help'],
  ['/Help/?q=a%2Fb#x', '/Help/?q=a%2Fb#x'],
  ['/help/mail', '/help/mail'],
  ['/nonsense', '/'],
  ['/help/mail/nonsense', '/'],
  ['/accounts//suspension', '/'],
  ['/desk', '/'],
  ['/desk/cases', '/'],
])('a sign-in on the way to %s leads to %s', async (next, path) => {
  const person = running.visitor();
  await person.opens(`/${nextIn(next)}`);
  person.fills('ID', sato.loginId);
  person.fills('パスワード', sato.password);
  await person.presses('ログイン');
  expect(person.posted!.headers.location).toBe(path);
  expect(person.page.status).toBe(200);
});

it('so does the page of the sign-in for whoever is signed in', async () => {
  const person = running.visitor();
  await signsIn(person, sato);
  for (const [next, location] of [
    ['/help', '/help'],
    ['/nonsense', '/'],
  ])
    expect((await person.sends('GET', `/${nextIn(next!)}`)).headers.location).toBe(location);
});

it('so does that of the desk, on its side of the house', async () => {
  const clerk = running.visitor();
  await signsInAtDesk(clerk, await deskPersonExists(running, { loginId: 'nakai', name: '中井' }));
  for (const [next, location] of [
    ['/desk/cases?page=2', '/desk/cases?page=2'],
    ['/desk/nonsense', '/desk'],
    ['/help', '/desk'],
  ])
    expect((await clerk.sends('GET', `/desk/${nextIn(next!)}`)).headers.location).toBe(location);
});
