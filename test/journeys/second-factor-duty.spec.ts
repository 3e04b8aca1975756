import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import {
  companyThatAsks,
  governedCompany,
  isLedToSetUp,
  signsInWithFactor,
  switchesTo,
  type Policy,
} from '../support/factor-policy.js';
import { signedIn } from '../support/members.js';
import { signsIn } from '../support/registration.js';
import { confirmsChange, gives, isAsked, setsUpFactor } from '../support/second-factor.js';

const SWITCHED = new Date('2026-11-22T09:00:00+09:00');
const LAST_SECOND = new Date('2026-12-06T08:59:59+09:00');
const THE_DAY = new Date('2026-12-06T09:00:00+09:00');

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(SWITCHED));

/** Who is led to the set-up at the end of the 14 days, as a company wishes. */
const LED: Record<Policy, string[]> = {
  nobody: [],
  administrators: ['tanaka'],
  everybody: ['tanaka', 'suzuki'],
};

describe.each(Object.entries(LED) as [Policy, string[]][])('policy %s', (policy, led) => {
  it.each([
    ['a second before the day', LAST_SECOND, []],
    ['on the day', THE_DAY, led],
  ])('%s', async (_, moment, expected) => {
    const company = await companyThatAsks(running, policy);
    const open = { tanaka: await signedIn(running, company.tanaka) };
    await running.clock.stopsAt(moment);
    const found: string[] = [];
    for (const name of ['tanaka', 'suzuki'] as const) {
      const person = await signedIn(running, company[name]);
      expect(person.posted!.status).toBe(303);
      if (await isLedToSetUp(person)) found.push(name);
      else expect(person.page.h1).toBe('TOPページ');
    }
    expect(found).toEqual(expected);
    const withFactor = await signsInWithFactor(running, company.sato, company.equipped);
    expect(await isLedToSetUp(withFactor)).toBe(false);
    // A session of two weeks ago is over anyway.
    expect((await open.tanaka.sends('GET', '/')).headers.location).toContain('/login');
  });
});

/** 田中, who signed in a minute before the day of the company, and is here on the day. */
async function tanakaOnTheDay(): Promise<Visitor> {
  const { tanaka } = await companyThatAsks(running, 'administrators');
  await running.clock.stopsAt(new Date(THE_DAY.getTime() - 60_000));
  const person = await signedIn(running, tanaka);
  expect(await isLedToSetUp(person)).toBe(false);
  await person.opens('/me/profile');
  await running.clock.stopsAt(THE_DAY);
  return person;
}

describe('on the day', () => {
  it('a session that was open before is led there too, and told what was not accepted', async () => {
    const person = await tanakaOnTheDay();
    person.fills('部署', '別の部署');
    await person.presses('変更する');
    expect(person.page.path).toBe('/me/second-factor');
    expect(person.page.notice).toContain('送信した内容は受け付けていません。');
    const partial = { 'hx-request': 'true', 'hx-request-type': 'partial' };
    const answer = await person.sends('GET', '/accounts', { headers: partial });
    expect(answer.text).not.toContain('担当者情報変更');
  });

  it('the person reads why, sets a factor up, keeps the codes, and goes on', async () => {
    const person = await tanakaOnTheDay();
    await person.opens('/');
    expect(person.page.h1).toBe('2段階認証');
    expect(person.page.text).toContain('2段階認証の設定が必要です');
    expect(person.page.text).toContain('設定の期限（2026年12月6日(日) 9時00分）を過ぎました。');
    const menu = person.page.root.querySelectorAll('.gk-nav a').map((link) => link.textContent);
    expect(menu).toEqual(['よくある質問']);
    const { codes } = await setsUpFactor(running, person);
    expect(codes).toHaveLength(10);
    expect(await isLedToSetUp(person)).toBe(false);
    await person.opens('/');
    expect(person.page.h1).toBe('TOPページ');
    expect(person.page.text).not.toContain('2段階認証の設定が必要です');
  });

  it('the person can read English, ask for help, and sign out', async () => {
    const person = await tanakaOnTheDay();
    await person.opens('/me/second-factor');
    await person.presses('English');
    expect(person.page.text).toContain('Two-step verification is required');
    await person.opens('/help/second-factor');
    expect(person.page.status).toBe(200);
    await person.presses('Sign out');
    expect(person.page.path).toMatch(/^\/login/);
  });
});

it('a trusted browser goes on being trusted', async () => {
  const { sato, equipped, person: first } = await companyThatAsks(running, 'everybody');
  expect(await isLedToSetUp(first)).toBe(false);
  await running.clock.stopsAt(THE_DAY);
  const person = running.visitor();
  await signsIn(person, sato);
  person.checks('今お使いの端末では、30日間、確認コードの入力を省略する');
  await gives(person, await equipped.app.nextCode());
  person.jar.cookies.delete('session');
  await signsIn(person, sato);
  expect(isAsked(person)).toBe(false);
  expect(await isLedToSetUp(person)).toBe(false);
});

it('somebody who takes the factor off is led to another one, and the page says so before', async () => {
  const { sato, equipped } = await companyThatAsks(running, 'administrators');
  await running.clock.stopsAt(THE_DAY);
  const person = await signsInWithFactor(running, sato, equipped);
  await person.opens('/me/second-factor/removal');
  expect(person.page.text).toContain('解除したあと、もう一度設定していただきます。');
  await person.presses('2段階認証を解除する');
  await confirmsChange(person, await equipped.app.nextCode());
  expect(person.page.notice).toContain('もう一度設定してください。');
  expect(await isLedToSetUp(person)).toBe(true);
  const { text } = await running.mailbox.mailTo(sato.email, '2段階認証の解除のお知らせ');
  expect(text).toContain('期限は2026年12月6日(日) 9時00分（日本時間）で、過ぎると');
  expect(text).not.toContain('パスワードだけでログインできます。');
});

it('the day is gone when the policy is, and a new one begins with the next', async () => {
  const { person, tanaka } = await companyThatAsks(running, 'administrators');
  await switchesTo(person, 'nobody');
  await running.clock.stopsAt(THE_DAY);
  expect(await isLedToSetUp(await signedIn(running, tanaka))).toBe(false);
  const governed = await governedCompany(running);
  expect(await isLedToSetUp(governed.person)).toBe(false);
});
