import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Clerk } from '../../support/desk-clerk.js';
import { answers, proved } from '../../support/factor-recovery.js';
import { companyExists } from '../../support/members.js';
import { isSignedIn, signedIn } from '../../support/own-account.js';
import type { Member } from '../../support/people.js';
import { signsIn } from '../../support/registration.js';
import { gives, setsUpFactor, type Equipped } from '../../support/second-factor.js';

let running: RunningApp;
let clerk: Clerk;
let suzuki: Member;
let own: Visitor;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
beforeEach(async () => {
  ({ suzuki } = await companyExists(running));
  own = await signedIn(running, suzuki);
});
afterAll(() => running.stop());

async function equipped(): Promise<Equipped> {
  const factor = await setsUpFactor(running, own);
  own.jar.cookies.delete('session');
  return factor;
}

const opens = () => clerk.browser.opens(`/desk/accounts/${suzuki.id}`);

it('tells of a wait of the known browser after wrong passwords, and ends it', async () => {
  own.jar.cookies.delete('session');
  const wrong = { loginId: suzuki.loginId, password: 'wrong-2026-password', next: '/' };
  for (let time = 0; time < 7; time += 1) await own.sends('POST', '/login', { fields: wrong });
  await signsIn(own, suzuki);
  expect(await isSignedIn(own)).toBe(false);
  await opens();
  expect(clerk.verdict).toBe('「待ち時間」が原因です');
  await clerk.helps('待ち時間を終える');
  await signsIn(own, suzuki);
  expect(await isSignedIn(own)).toBe(true);
});

it('tells of a wait of the known browser after wrong codes, and ends it', async () => {
  const { app } = await equipped();
  await signsIn(own, suzuki);
  const wrong = await app.wrongCode();
  for (let time = 0; time < 7; time += 1) await gives(own, wrong);
  expect(own.page.status).toBe(429);
  // By the same words as the page of the person who waits, in the same rounding.
  const told = /あと\d+(?:秒|分ほど)/.exec(own.page.errors.join())![0];
  await opens();
  expect(clerk.verdict).toBe('「待ち時間」が原因です');
  expect(clerk.sentence).toContain(`確認コードの間違いが続いたため、${told}`);
  await clerk.helps('待ち時間を終える');
  await gives(own, await app.nextCode());
  expect(await isSignedIn(own)).toBe(true);
});

it('tells of a wait in the recovery, and ends it', async () => {
  const { app } = await equipped();
  const person = await proved(running, suzuki);
  const wrong = await app.wrongCode();
  for (let time = 0; time < 7; time += 1) await answers(person, wrong);
  expect(person.page.status).toBe(429);
  await opens();
  expect(clerk.sentence).toContain('確認コードの間違いが続いたため');
  await clerk.helps('待ち時間を終える');
  await answers(person, await app.nextCode());
  expect(person.page.status).toBe(200);
});

it('tells the longest of several waits, and gives back what known browsers have together', async () => {
  const { app } = await equipped();
  const { rows } = await running.pool.query<{ id: string }>(
    'select id from devices where account_id = $1',
    [suzuki.id],
  );
  const [{ id: device }] = rows as [{ id: string }];
  await running.pool.query(
    `insert into waiting_times values
       ($1, 6, genkan_now(), genkan_now() + interval '10 days'),
       ($2, 6, genkan_now(), genkan_now() + interval '9 days')`,
    [`factor:device:${device}`, `factor:account:${suzuki.id}`],
  );
  await running.pool.query(
    `insert into limit_counters values ($1, 20, genkan_now() + interval '1 hour')`,
    [`known-wrong-codes:${suzuki.id}`],
  );
  await opens();
  const [, minutes] = /あと(\d+)分ほど/.exec(clerk.sentence)!;
  expect(Number(minutes)).toBeGreaterThan(9 * 24 * 60);
  await clerk.helps('待ち時間を終える');
  await signsIn(own, suzuki);
  await gives(own, await app.wrongCode());
  const lanes = await running.pool.query<{ key: string }>(
    `select key from waiting_times where key like 'factor:%'`,
  );
  expect(lanes.rows).toEqual([{ key: `factor:device:${device}` }]);
});
