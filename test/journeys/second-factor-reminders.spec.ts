import { FactorReminders } from '../../src/accounts/security/factor-reminders.js';
import { startApp, type RunningApp } from '../support/app.js';
import { companyThatAsks, switchesTo } from '../support/factor-policy.js';
import { signedIn } from '../support/members.js';
import type { Member } from '../support/people.js';
import { setsUpFactor } from '../support/second-factor.js';

const REMINDER = '2段階認証の設定のお願い';
const DEADLINE = '設定の期限：2026年12月6日(日) 9時00分まで（日本時間）';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

/** While others still wait for the mail server, it would come back a minute later. */
async function remind(): Promise<void> {
  await running.mailbox.everythingIsSent();
  await running.app.get(FactorReminders).run();
}

const at = (moment: string) => running.clock.stopsAt(new Date(moment));

async function remindersTo({ email }: Member): Promise<number> {
  await running.mailbox.everythingIsSent();
  return running.mailbox
    .all()
    .filter(({ to, subject }) => to === email && subject.includes(REMINDER)).length;
}

describe('the reminders', () => {
  it('come at once, 7 days and 1 day before, each once, to those who are asked and not ready', async () => {
    const { sato, tanaka, suzuki } = await companyThatAsks(running, 'administrators');
    const first = await running.mailbox.mailTo(tanaka.email, REMINDER);
    expect(first.text).toContain(DEADLINE);
    expect(running.mailbox.linkIn(first)).toBe(`${running.url}/me/second-factor`);
    for (const [moment, count] of [
      ['2026-11-22T09:00:00+09:00', 1],
      ['2026-11-29T08:59:59+09:00', 1],
      ['2026-11-29T09:00:00+09:00', 2],
      ['2026-12-05T08:59:59+09:00', 2],
      ['2026-12-05T09:00:00+09:00', 3],
      ['2026-12-06T09:00:00+09:00', 3],
      ['2026-12-20T09:00:00+09:00', 3],
    ] as const) {
      await at(moment);
      await Promise.all([remind(), remind(), remind()]);
      expect([moment, await remindersTo(tanaka)]).toEqual([moment, count]);
    }
    expect([await remindersTo(sato), await remindersTo(suzuki)]).toEqual([0, 0]);
  });

  it('are in the language of the reader', async () => {
    const { person, suzuki } = await companyThatAsks(running, 'nobody');
    await running.pool.query(`update accounts set language = 'en' where id = $1`, [suzuki.id]);
    await switchesTo(person, 'everybody');
    const mail = await running.mailbox.mailTo(suzuki.email);
    expect(mail.subject).toContain('Please set up two-step verification');
    expect(mail.text).not.toMatch(/2段階認証/);
  });

  it('end with the set-up, with the policy, and for people who cannot sign in', async () => {
    const { person, tanaka, suzuki, corporation } = await companyThatAsks(running, 'everybody');
    const given = { corporation, loginId: 'away-reminded', name: '林 三郎' };
    const hayashi = await running.people.staffExists({ ...given, state: 'suspended' });
    await setsUpFactor(running, await signedIn(running, tanaka));
    expect([await remindersTo(tanaka), await remindersTo(suzuki)]).toEqual([1, 1]);
    await at('2026-11-30T09:00:00+09:00');
    await remind();
    expect([await remindersTo(tanaka), await remindersTo(suzuki)]).toEqual([1, 2]);
    await at('2026-11-22T09:01:00+09:00');
    await switchesTo(person, 'nobody');
    await at('2026-12-05T10:00:00+09:00');
    await remind();
    expect([await remindersTo(suzuki), await remindersTo(hayashi)]).toEqual([2, 0]);
  });

  it('leave out what was missed, and begin anew for another day', async () => {
    const { person, suzuki } = await companyThatAsks(running, 'everybody');
    await running.mailbox.mailTo(suzuki.email, REMINDER);
    await at('2026-12-05T12:00:00+09:00');
    await remind();
    await remind();
    expect(await remindersTo(suzuki)).toBe(2);
    await at('2026-11-22T09:02:00+09:00');
    await switchesTo(person, 'nobody');
    await switchesTo(person, 'everybody');
    await running.mailbox.mailTo(suzuki.email, REMINDER);
    expect(await remindersTo(suzuki)).toBe(3);
  });

  it('come for somebody who joins later, for the own day', async () => {
    const { corporation } = await companyThatAsks(running, 'everybody');
    await at('2026-12-10T09:00:00+09:00');
    const given = { corporation, loginId: 'joins-reminded', name: '林 三郎' };
    const hayashi = await running.people.staffExists(given);
    await remind();
    expect((await running.mailbox.mailTo(hayashi.email)).text).toContain(
      '設定の期限：2026年12月24日(木) 9時00分まで（日本時間）',
    );
  });
});
