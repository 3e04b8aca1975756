import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import {
  choosesPolicy,
  governedCompany,
  isLedToSetUp,
  POLICIES,
} from '../support/factor-policy.js';
import { companyExists, signedIn } from '../support/members.js';
import { outcomesOf } from '../support/own-account.js';

const START = new Date('2026-11-22T09:00:00+09:00');
const THE_DAY = new Date('2026-12-06T09:00:00+09:00');

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
  await running.clock.stopsAt(START);
  await running.restart({ secondFactorMinimum: 'administrators' });
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(START));

async function doctorWith(minimum: string): Promise<string> {
  const settings = { SECOND_FACTOR_MINIMUM: minimum };
  return (await new Operator(running).typesWith(settings, 'doctor')).out;
}

describe('the minimum of the operator', () => {
  it('holds for every company from the 14th day after the first start that has it', async () => {
    const { sato, suzuki } = await companyExists(running);
    await running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00'));
    await running.restart();
    await running.clock.stopsAt(new Date(THE_DAY.getTime() - 1000));
    expect(await isLedToSetUp(await signedIn(running, sato))).toBe(false);
    await running.clock.stopsAt(THE_DAY);
    expect(await isLedToSetUp(await signedIn(running, sato))).toBe(true);
    expect(await isLedToSetUp(await signedIn(running, suzuki))).toBe(false);
  });

  it('stands on the page, and nobody goes below it', async () => {
    const { person } = await governedCompany(running);
    expect(person.page.text).toContain(
      'すべての法人で「管理者に求める」と決められています。これより緩い設定は選べません。',
    );
    const closed = person.page.root.querySelectorAll('input[disabled]');
    expect(closed.map((choice) => choice.getAttribute('value'))).toEqual(['nobody']);
    await person.opens('/security/policy?policy=nobody');
    expect(person.page.notice).toContain('サービス全体の決まりより緩くはできない');
    const fields = { policy: 'nobody', before: 'administrators' };
    await person.sends('POST', '/security/policy', { fields });
    expect((await outcomesOf(running, 'second-factor-policy')).at(-1)).toBe(
      'second-factor-minimum',
    );
    await choosesPolicy(person, 'everybody');
    await person.presses('この内容に変更する');
    expect(person.page.text).toContain(POLICIES.everybody);
    await choosesPolicy(person, 'administrators');
    expect(person.page.text).toContain('2段階認証の設定を担当者の方には求めません。');
    await person.presses('この内容に変更する');
    expect(person.page.text).toContain(POLICIES.administrators);
  });

  it('is what doctor compares with, and counts who is not ready', async () => {
    expect(await doctorWith('administrators')).toMatch(
      /^ok {4}second factor: SECOND_FACTOR_MINIMUM is administrators\. \d+ people are asked/m,
    );
    expect(await doctorWith('nobody')).toMatch(
      /^warn {2}second factor: SECOND_FACTOR_MINIMUM is nobody, but the running servers go by administrators\./m,
    );
  });

  it('ends with the next start that does not have it', async () => {
    const { sato } = await companyExists(running);
    await running.restart({ secondFactorMinimum: 'nobody' });
    await running.clock.stopsAt(THE_DAY);
    expect(await isLedToSetUp(await signedIn(running, sato))).toBe(false);
  });
});
