import { startApp, type RunningApp } from '../support/app.js';
import { isLedToSetUp, switchesTo } from '../support/factor-policy.js';
import {
  askingCompany,
  completesWithFactor,
  opensActivation,
} from '../support/factor-succession.js';
import { signedIn } from '../support/own-account.js';
import { signsIn } from '../support/registration.js';
import { gives, setsUpFactor } from '../support/second-factor.js';
import { leftBehind, takesOver } from '../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

describe('a newcomer who', () => {
  it('took over in time is on probation, and sees nothing of the policy', async () => {
    const asking = await askingCompany(running);
    const newcomer = await opensActivation(running, asking);
    const { app } = await completesWithFactor(running, newcomer);
    await running.clock.advance('24 hours');
    await signsIn(newcomer, asking.suzuki);
    await gives(newcomer, await app.nextCode());
    expect(await isLedToSetUp(newcomer)).toBe(false);
    await newcomer.opens('/security');
    expect(newcomer.page.h1).toBe('このページは、まだご利用いただけません');
    await newcomer.opens('/accounts?factor=missing');
    expect(newcomer.page.text).not.toContain('2段階認証');
    expect(newcomer.page.text).toContain(asking.sato.name);
  });

  it('took over before has the 14 days of everybody', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await running.clock.advance('1 minute');
    const sato = await signedIn(running, left.sato);
    await setsUpFactor(running, sato);
    await switchesTo(sato, 'administrators');
    const newcomer = running.visitor();
    await signsIn(newcomer, left.suzuki);
    expect(await isLedToSetUp(newcomer)).toBe(false);
    await running.clock.stopsAt(new Date('2026-12-06T09:01:00+09:00'));
    await signsIn(newcomer, left.suzuki);
    expect(await isLedToSetUp(newcomer)).toBe(true);
  });
});
