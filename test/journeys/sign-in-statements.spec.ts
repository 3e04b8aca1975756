import { HourlyCounts } from '../../src/audit/hourly-counts.js';
import { Jobs } from '../../src/jobs/jobs.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation, Member } from '../support/people.js';
import { asked, sakuraExists, somebodyWithFactor } from '../support/second-factor.js';
import { workOf } from '../support/work.js';
import { lockIsWaitedFor, until } from '../support/until.js';

const PASSWORD = 'sakura-2026-mochi';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await sakuraExists(running);
  // What a sign-in leaves to do later would be counted with it.
  await running.app.get(Jobs).beforeApplicationShutdown();
});
afterAll(() => running.stop());

const enters = (loginId: string, password = PASSWORD, person = running.visitor()) =>
  person.sends('POST', '/login', { fields: { loginId, password } });

const waitingTimesOf = async ({ id }: Member) =>
  (await running.pool.query(`select from waiting_times where key like '%' || $1`, [id])).rowCount;

it('a sign-in is two', async () => {
  await enters('sato');
  const { statements, hashes } = await workOf(() => enters('sato'));
  expect([statements, hashes]).toEqual([['find-credentials', 'open-session'], 1]);
});

it('with a code of the app it is two for each post, and one for the page between them', async () => {
  const { member, app } = await somebodyWithFactor(running, sakura);
  const password = await workOf(() => enters(member.loginId));
  expect(password.statements).toEqual(['find-credentials', 'begin-pending-sign-in']);
  const person = await asked(running, member);
  const page = await workOf(() => person.opens('/login/second-factor'));
  expect(page.statements).toEqual(['find-pending-sign-in']);
  const fields = { code: await app.code(), next: '/' };
  const code = await workOf(() => person.sends('POST', '/login/second-factor', { fields }));
  expect(code.statements).toEqual(['try-second-factor', 'open-session']);
  expect(await waitingTimesOf(member)).toBe(0);
});

it('a right password is kept out that was compared before its lane began to wait', async () => {
  for (let time = 0; time < 5; time += 1) await enters('sato', 'wrong-1234');
  const other = await running.pool.connect();
  await other.query('begin');
  await other.query(`select from accounts where login_id = 'sato' for update`);
  const person = running.visitor();
  const entered = enters('sato', PASSWORD, person);
  await lockIsWaitedFor(running.pool, { about: 'accounts' });
  const failed = enters('sato', 'wrong-1234');
  const begins = 'select from waiting_times where failures = 6 and waits_until > genkan_now()';
  await until(async () => (await running.pool.query(begins)).rowCount !== 0);
  await other.query('commit');
  other.release();
  expect([(await failed).status, (await entered).status]).toEqual([422, 422]);
  expect((await person.opens('/')).path).toMatch(/^\/login/);
  await running.app.get(HourlyCounts).write();
  const counted = `select used from limit_counters where key like 'hourly|sign-in|waiting|%'`;
  expect((await running.pool.query(counted)).rows).toEqual([{ used: 1 }]);
});
