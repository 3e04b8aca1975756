import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { answers, FACTOR, proved } from '../support/factor-recovery.js';
import { companyExists } from '../support/members.js';
import { isSignedIn, signedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';
import { asked, gives, hasFactor, setsUpFactor } from '../support/second-factor.js';

const MANY_WRONG = '確認コードの間違いが続いています';

let running: RunningApp;
let suzuki: Member;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  ({ suzuki } = await companyExists(running));
});

const posts = (person: Visitor, code: string) =>
  person.sends('POST', '/login/second-factor', { fields: { code, next: '/' } });

/** Wrong codes of browsers, each in front of a question of its own, until one has to wait. */
async function comparedFrom(browsers: Visitor[], wrong: string, each: number): Promise<number> {
  let compared = 0;
  for (const browser of browsers) {
    await signsIn(browser, suzuki);
    for (let time = 0; time < each; time += 1)
      compared += (await posts(browser, wrong)).status === 422 ? 1 : 0;
  }
  return compared;
}

/** Signed in once, and out again: a cookie of a known browser is left. */
async function knownBrowsers(count: number): Promise<Visitor[]> {
  const browsers: Visitor[] = [];
  for (let number = 0; number < count; number += 1) {
    const person = await signedIn(running, suzuki);
    person.jar.cookies.delete('session');
    browsers.push(person);
  }
  return browsers;
}

it('browsers that were known before the factor share the tries of strangers', async () => {
  const minted = await knownBrowsers(6);
  const { app } = await setsUpFactor(running, await signedIn(running, suzuki));
  expect(await comparedFrom(minted, await app.wrongCode(), 4)).toBe(6);
});

it('the browser in which the factor was set up has tries of its own', async () => {
  const own = await signedIn(running, suzuki);
  const { app } = await setsUpFactor(running, own);
  await comparedFrom([running.visitor()], await app.wrongCode(), 7);
  own.jar.cookies.delete('session');
  await signsIn(own, suzuki);
  await gives(own, await app.nextCode());
  expect(await isSignedIn(own)).toBe(true);
});

it('known browsers have 20 wrong codes an hour together, then those of strangers; each tells once', async () => {
  const { app } = await hasFactor(running, suzuki);
  const known: Visitor[] = [];
  for (let number = 0; number < 7; number += 1) {
    const person = await asked(running, suzuki);
    await gives(person, await app.nextCode());
    person.jar.cookies.delete('session');
    known.push(person);
  }
  expect(await comparedFrom(known, await app.wrongCode(), 4)).toBe(26);
  await running.clock.advance('1 hour');
  const later = known[0]!;
  await signsIn(later, suzuki);
  await gives(later, await app.code());
  expect(await isSignedIn(later)).toBe(true);
});

it('wrong codes are told by their number at the account, whichever browser gives them', async () => {
  const { app } = await hasFactor(running, suzuki);
  const wrong = await app.wrongCode();
  const known = await asked(running, suzuki);
  await gives(known, await app.code());
  known.jar.cookies.delete('session');
  await comparedFrom([known], wrong, 2);
  await running.mailbox.isReadBy(suzuki.email);
  await comparedFrom([running.visitor()], wrong, 2);
  await running.mailbox.nothingFor(suzuki.email);
  await comparedFrom([running.visitor()], wrong, 1);
  await running.mailbox.mailTo(suzuki.email, MANY_WRONG);
});

it('wrong codes behind the password close no recovery behind mailbox and numbers', async () => {
  const { app } = await hasFactor(running, suzuki);
  await comparedFrom([running.visitor()], await app.wrongCode(), 7);
  const stranger = await asked(running, suzuki);
  expect((await posts(stranger, await app.code())).status).toBe(429);
  const owner = await proved(running, suzuki);
  await answers(owner, await app.code());
  expect([owner.page.path === FACTOR, owner.page.status]).toEqual([false, 200]);
});
