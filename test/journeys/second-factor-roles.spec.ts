import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import {
  companyThatAsks,
  isLedToSetUp,
  signsInWithFactor,
  switchesTo,
} from '../support/factor-policy.js';
import { signedIn } from '../support/members.js';
import type { Member } from '../support/people.js';
import { confirmsChange, type AuthenticatorApp } from '../support/second-factor.js';

const SWITCHED = new Date('2026-11-22T09:00:00+09:00');
const THE_DAY = new Date('2026-12-06T09:00:00+09:00');
const ADMINISTRATOR = '管理者（利用者の追加・変更・削除と、IPアドレス制限の設定ができます）';
const STAFF = '担当者（ご自分の情報だけを変更できます）';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(SWITCHED));

async function makes(
  by: Visitor,
  { id }: Member,
  role: string,
  app: AuthenticatorApp,
): Promise<void> {
  await by.opens(`/accounts/${id}`);
  by.checks(role);
  await by.presses('変更を保存する');
  if (by.page.h1 === '本人確認') await confirmsChange(by, await app.nextCode());
  expect(by.page.notice).toContain('変更しました。');
}

describe('somebody who comes later', () => {
  it('and joins has 14 days of his own', async () => {
    const { corporation } = await companyThatAsks(running, 'everybody');
    await running.clock.stopsAt(THE_DAY);
    const given = { corporation, loginId: 'joins-later', name: '林 三郎' };
    const hayashi = await running.people.staffExists(given);
    expect(await isLedToSetUp(await signedIn(running, hayashi))).toBe(false);
    await running.clock.stopsAt(new Date('2026-12-20T08:59:59+09:00'));
    expect(await isLedToSetUp(await signedIn(running, hayashi))).toBe(false);
    await running.clock.advance('1 second');
    expect(await isLedToSetUp(await signedIn(running, hayashi))).toBe(true);
  });

  it('and becomes an administrator has them too, but not where everybody was asked before', async () => {
    for (const [policy, isLed] of [
      ['administrators', false],
      ['everybody', true],
    ] as const) {
      await running.clock.stopsAt(SWITCHED);
      const { sato, suzuki, equipped } = await companyThatAsks(running, policy);
      await running.clock.stopsAt(THE_DAY);
      const person = await signsInWithFactor(running, sato, equipped);
      await makes(person, suzuki, ADMINISTRATOR, equipped.app);
      expect(await isLedToSetUp(await signedIn(running, suzuki))).toBe(isLed);
      await running.clock.advance('13 days 23 hours 59 minutes 59 seconds');
      expect(await isLedToSetUp(await signedIn(running, suzuki))).toBe(isLed);
      await running.clock.advance('1 second');
      expect(await isLedToSetUp(await signedIn(running, suzuki))).toBe(true);
    }
  });

  it('and was asked before has no more days after a time as staff', async () => {
    const { sato, tanaka, equipped } = await companyThatAsks(running, 'administrators');
    await running.clock.stopsAt(new Date(THE_DAY.getTime() - 300_000));
    const person = await signsInWithFactor(running, sato, equipped);
    for (const role of [STAFF, ADMINISTRATOR]) await makes(person, tanaka, role, equipped.app);
    expect(await isLedToSetUp(await signedIn(running, tanaka))).toBe(false);
    await running.clock.stopsAt(THE_DAY);
    expect(await isLedToSetUp(await signedIn(running, tanaka))).toBe(true);
  });

  it('and was an administrator while nobody was asked has the days of a new one', async () => {
    const { sato, tanaka, person, equipped } = await companyThatAsks(running, 'nobody');
    await makes(person, tanaka, STAFF, equipped.app);
    await switchesTo(person, 'administrators');
    await running.clock.stopsAt(THE_DAY);
    const later = await signsInWithFactor(running, sato, equipped);
    await makes(later, tanaka, ADMINISTRATOR, equipped.app);
    expect(await isLedToSetUp(await signedIn(running, tanaka))).toBe(false);
  });
});
