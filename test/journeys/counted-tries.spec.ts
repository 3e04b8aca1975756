import { HourlyCounts } from '../../src/audit/hourly-counts.js';
import { startApp, type RunningApp } from '../support/app.js';
import { acceptance, invitationTo, invited, invites, office } from '../support/invitation.js';
import { asksForEmail } from '../support/own-account.js';
import { asks, entersCode } from '../support/recovery.js';
import { asked, gives, sakuraExists, somebodyWithFactor } from '../support/second-factor.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function rowsOf(act: string, reason: string) {
  const { rows } = await running.pool.query<{ known: boolean; count: number | null }>(
    `select account_id is not null as known, (facts->'count')::int as count from audit_entries
     where act = $1 and reason = $2 order by id`,
    [act, reason],
  );
  return rows;
}

/** Nothing is written at once, and one row when the hour is over. */
async function isCounted(act: string, reason: string, counted: { known: boolean; count: number }) {
  expect(await rowsOf(act, reason)).toEqual([]);
  await running.app.get(HourlyCounts).write();
  await running.clock.advance('1 hour');
  await running.app.get(HourlyCounts).log();
  expect(await rowsOf(act, reason)).toEqual([counted]);
}

it('wrong codes of a recovery, by anybody, are one row an hour', async () => {
  for (let times = 0; times < 3; times += 1) {
    const person = running.visitor();
    await asks(person, 'nobody@example.jp');
    await entersCode(person, 'AAAA-AAAA');
  }
  await isCounted('password-reset', 'recovery-code-wrong', { known: false, count: 3 });
});

it('login IDs behind the exhausted limit of an invitation are one row an hour', async () => {
  const { person, sato } = await office(running);
  await invites(person, invited('mori@sakura.example'));
  const link = await invitationTo(running, 'mori@sakura.example');
  const newcomer = running.visitor();
  for (let times = 0; times < 22; times += 1)
    await newcomer.sends('POST', link, acceptance(sato.loginId));
  await isCounted('invitation-acceptance', 'login-id-exhausted', { known: false, count: 2 });
});

describe('codes that are not compared, because their owner has to wait, are one row an hour', () => {
  /** Signed in, and made to wait by wrong codes. */
  async function waiting() {
    const { member, app } = await somebodyWithFactor(running, await sakura);
    const person = await asked(running, member);
    await gives(person, await app.code());
    await running.clock.advance('5 minutes');
    const fields = { testedFactorCode: await app.wrongCode() };
    for (let times = 0; times < 6; times += 1)
      await person.sends('POST', '/me/second-factor', { fields });
    return { person, member, app };
  }
  let sakura: ReturnType<typeof sakuraExists>;
  beforeAll(() => {
    sakura = sakuraExists(running);
  });

  it('at the page where the app is tried', async () => {
    const { person, app } = await waiting();
    const fields = { testedFactorCode: await app.code() };
    for (let times = 0; times < 2; times += 1)
      expect((await person.sends('POST', '/me/second-factor', { fields })).status).toBe(429);
    await isCounted('second-factor-test', 'waiting', { known: true, count: 2 });
  });

  it('at the question before something that matters', async () => {
    const { person, member, app } = await waiting();
    await asksForEmail(person, `new-${member.email}`);
    for (let times = 0; times < 2; times += 1) {
      person.fills('確認コード', await app.code());
      await person.presses('操作を続ける');
      expect(person.page.errors[0]).toContain('あと');
    }
    await isCounted('password-confirmation', 'waiting', { known: true, count: 2 });
  });
});
