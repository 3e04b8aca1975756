import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import {
  deskPersonExists,
  givesPassword,
  pressesAtDesk,
  setsUp,
  signsInAtDesk,
  type DeskPerson,
} from '../../support/desk.js';

let running: RunningApp;
let person: DeskPerson;
let own: Visitor;
let other: Visitor;
const colleagues = ['田村', '中井', '三浦', '大野'].entries();
beforeAll(async () => {
  running = await startApp();
});
beforeEach(async () => {
  const [number, name] = colleagues.next().value!;
  person = await deskPersonExists(running, { loginId: `colleague-${number}`, name });
  [own, other] = [await knownBrowser(), await knownBrowser()];
});
afterAll(() => running.stop());

/** Signed in once, and its session forgotten. */
async function knownBrowser(): Promise<Visitor> {
  const browser = running.visitor();
  await signsInAtDesk(browser, person);
  browser.jar.cookies.delete('desk-session');
  return browser;
}

const tries = (who: Visitor, password: string) =>
  who.sends('POST', '/desk/login', {
    fields: { loginId: person.loginId, password, next: '/desk' },
  });

const fails = async (who: Visitor, times: number): Promise<void> => {
  for (let time = 0; time < times; time += 1) await tries(who, 'wrong-2026-password');
};

/** Whether the right password is heard there, while strangers wait. */
async function isKnown(who: Visitor): Promise<boolean> {
  await fails(running.visitor(), 7);
  return (await tries(who, person.password)).status === 303;
}

it('a change of the own sign-in leaves no other browser known', async () => {
  expect([await isKnown(own), await isKnown(other)]).toEqual([true, true]);
  await signsInAtDesk(own, person);
  await own.opens('/desk/me/recovery-codes');
  await pressesAtDesk(own, '新しく10個発行する');
  expect([await isKnown(own), await isKnown(other)]).toEqual([true, false]);
});

it('a reset leaves no browser known', async () => {
  const reset = ['operator', 'reset', person.loginId, '--reason', '端末の紛失'];
  await running.mailbox.isReadBy(person.email);
  expect((await new Operator(running).types(...reset)).err).toBe('');
  person = await setsUp(running, running.visitor(), person);
  expect([await isKnown(own), await isKnown(other)]).toEqual([false, false]);
});

it('ten wrong passwords make a browser a stranger, until its owner signs in there', async () => {
  await fails(own, 6);
  for (const wait of ['5 seconds', '15 seconds', '1 minute']) {
    await running.clock.advance(wait);
    await fails(own, 1);
  }
  await running.clock.advance('5 minutes');
  expect(await isKnown(own)).toBe(true);
  await fails(own, 6);
  for (const wait of ['5 seconds', '15 seconds', '1 minute', '5 minutes']) {
    await running.clock.advance(wait);
    await fails(own, 1);
  }
  await running.clock.advance('15 minutes');
  expect(await isKnown(own)).toBe(false);
  await running.clock.advance('1 hour');
  await signsInAtDesk(own, person);
  expect(await isKnown(own)).toBe(true);
});

it('known browsers have 20 wrong codes an hour together, then those of strangers', async () => {
  const known = [own, other];
  for (let number = 0; number < 5; number += 1) known.push(await knownBrowser());
  const fields = { code: await person.app.wrongCode(), next: '/desk' };
  let compared = 0;
  for (const browser of known) {
    await givesPassword(browser, person);
    for (let time = 0; time < 4; time += 1) {
      const { status } = await browser.sends('POST', '/desk/login/second-factor', { fields });
      compared += status === 422 ? 1 : 0;
    }
  }
  expect(compared).toBe(26);
  await running.clock.advance('1 hour');
  await signsInAtDesk(own, person);
  expect(own.page.path).toBe('/desk');
});
