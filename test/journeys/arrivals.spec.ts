import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { deskPersonExists, signsInAtDesk } from '../support/desk.js';
import type { Corporation, Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';
import { gives, isAsked, somebodyWithFactor } from '../support/second-factor.js';

let running: RunningApp;
let sato: Member;
let suzuki: Member;
let corporation: Corporation;
beforeAll(async () => {
  running = await startApp();
  corporation = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  sato = await running.people.administratorExists({
    corporation,
    loginId: 'sato',
    name: '佐藤 花子',
  });
  suzuki = await running.people.staffExists({ corporation, loginId: 'suzuki', name: '鈴木 一郎' });
});
afterAll(() => running.stop());

const nextIn = (next: string) => `login?${new URLSearchParams({ next }).toString()}`;

const NOBODY = '00000000-0000-4000-8000-000000000000';

async function arrivesBy(next: string, member: Member): Promise<Visitor> {
  const person = running.visitor();
  await person.opens(`/${nextIn(next)}`);
  person.fills('ID', member.loginId);
  person.fills('パスワード', member.password);
  await person.presses('ログイン');
  return person;
}

it.each([
  ['/help', 'よくある質問'],
  ['/Help/?q=a%2Fb#x', 'よくある質問'],
  ['/help/mail', 'ログインID・パスワード再設定用のメールが届かない。'],
  ['/accounts', '担当者情報変更'],
  ['/help/nope', 'TOPページ'],
  ['/nonsense', 'TOPページ'],
  ['/logout', 'TOPページ'],
  ['/accounts/nonsense', 'TOPページ'],
  [`/accounts/${NOBODY}`, 'TOPページ'],
  ['/accounts//suspension', 'TOPページ'],
  ['/desk', 'TOPページ'],
  ['/desk?x', 'TOPページ'],
  ['/desk/cases', 'TOPページ'],
])('a sign-in on the way to %s leads to 「%s」', async (next, h1) => {
  const { page } = await arrivesBy(next, sato);
  expect([page.status, page.h1]).toEqual([200, h1]);
});

it('so does the page of the sign-in for whoever is signed in', async () => {
  const person = running.visitor();
  await signsIn(person, sato);
  for (const [next, h1] of [
    ['/help', 'よくある質問'],
    ['/help/nope', 'TOPページ'],
  ]) {
    await person.opens(`/${nextIn(next!)}`);
    expect([person.page.status, person.page.h1]).toEqual([200, h1]);
  }
});

it('so does the second factor', async () => {
  const { member, app } = await somebodyWithFactor(running, corporation);
  const person = await arrivesBy('/help/nope', member);
  expect(isAsked(person)).toBe(true);
  await gives(person, await app.nextCode());
  expect([person.page.status, person.page.h1]).toEqual([200, 'TOPページ']);
});

it('afterwards the same page says that it is not there, as does one behind the page that was', async () => {
  const person = await arrivesBy('/help/nope', sato);
  await person.opens('/help/nope');
  expect(person.page.status).toBe(404);
  const other = await arrivesBy('/help', sato);
  await other.opens('/help/nope');
  expect(other.page.status).toBe(404);
});

it('a page for administrators says so to others', async () => {
  expect((await arrivesBy('/accounts', suzuki)).page.h1).toBe('管理者の方のためのページです');
});

it('so does that of the desk, on its side of the house', async () => {
  const clerk = running.visitor();
  await signsInAtDesk(clerk, await deskPersonExists(running, { loginId: 'nakai', name: '中井' }));
  for (const [next, path] of [
    ['/desk/cases?page=2', '/desk/cases?page=2'],
    ['/desk/nonsense', '/desk'],
    ['/desk/cases/nonsense', '/desk'],
    ['/help', '/desk'],
  ]) {
    await clerk.opens(`/desk/${nextIn(next!)}`);
    expect([clerk.page.status, clerk.page.path]).toEqual([200, path]);
  }
});
