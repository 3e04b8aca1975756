import { startApp, type RunningApp } from '../support/app.js';
import { endsAt, endsNoMore } from '../support/ending-connections.js';
import type { Corporation } from '../support/people.js';
import { asked, gives, sakuraExists, somebodyWithFactor } from '../support/second-factor.js';

let running: RunningApp;
let corporation: Corporation;
beforeAll(async () => {
  running = await startApp();
  corporation = await sakuraExists(running);
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
});
afterAll(() => running.stop());

/** Each ends in a fault, which takes back whatever else it writes. */
async function fails(times: number, send: () => Promise<{ status: number }>): Promise<void> {
  await endsAt(running, 'insert', 'audit_entries');
  for (let time = 0; time < times; time += 1) expect((await send()).status).toBe(503);
  await endsNoMore(running, 'audit_entries');
}

it('wrong passwords stay counted', async () => {
  const given = { corporation, loginId: 'suzuki', name: '鈴木 次郎' };
  const { password } = await running.people.staffExists(given);
  const enters = (typed: string) =>
    running.visitor().sends('POST', '/login', { fields: { loginId: 'suzuki', password: typed } });
  await fails(6, () => enters('wrong-1234'));
  expect((await enters(password)).status).toBe(422);
  await running.clock.advance('5 seconds');
  expect((await enters(password)).status).toBe(303);
});

it('wrong codes stay counted', async () => {
  const { member, app } = await somebodyWithFactor(running, corporation);
  const person = await asked(running, member);
  const fields = { code: await app.wrongCode(), next: '/' };
  await fails(6, () => person.sends('POST', '/login/second-factor', { fields }));
  await gives(person, await app.code());
  expect(person.page.status).toBe(429);
});
