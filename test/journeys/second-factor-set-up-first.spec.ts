import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { companyThatAsks } from '../support/factor-policy.js';
import { signedIn } from '../support/members.js';
import { absent, asks, PARTIAL } from '../support/route-walk.js';
import { isOfDesk } from '../support/route.js';
import { routes } from '../support/routes.js';

/** What is open to somebody who has to set a factor up first; nothing joins this list by accident. */
const OPEN = [
  'GET /me/second-factor',
  'GET /me/second-factor/totp',
  'POST /me/second-factor/totp',
  'GET /me/second-factor/recovery-codes',
  'POST /me/second-factor/recovery-codes',
];

let running: RunningApp;
let people: Visitor[];
beforeAll(async () => {
  running = await startApp();
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  const { tanaka, suzuki } = await companyThatAsks(running, 'everybody');
  await running.clock.advance('14 days');
  people = [await signedIn(running, tanaka), await signedIn(running, suzuki)];
});
afterAll(() => running.stop());

const closed = Object.entries(routes).filter(
  ([, route]) => !isOfDesk(route) && route.access !== 'public',
);

describe.each(closed)('%s', (name, route) => {
  it('leads to the set-up, but for a closed list', async () => {
    for (const person of people) {
      const answer = await asks(person, name, route, absent);
      const isLed = answer.status === 303 && answer.headers.location === '/me/second-factor';
      const partial = await asks(person, name, route, absent, PARTIAL);
      if (OPEN.includes(name)) expect(answer.status).toBeLessThan(500);
      else expect([isLed, partial.status]).toEqual([true, 401]);
    }
  });
});

it('and opens at none of them what the person is kept from', async () => {
  for (const person of people) {
    for (const name of OPEN.filter((each) => each.startsWith('GET '))) {
      await person.opens(name.slice(4));
      expect(person.page.h1).toMatch(/^(?:2段階認証|認証アプリの設定)$/);
      expect(person.page.root.querySelectorAll('main a[href="/me"]')).toEqual([]);
    }
  }
});
