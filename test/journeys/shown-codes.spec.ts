import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation } from '../support/people.js';
import { signedIn } from '../support/own-account.js';
import { signsIn } from '../support/registration.js';
import {
  confirmsChange,
  gives,
  sakuraExists,
  setsUpFactor,
  shownCodes,
} from '../support/second-factor.js';

const CODES = '/me/second-factor/recovery-codes';

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  sakura = await sakuraExists(running);
});
afterAll(() => running.stop());

async function equipped() {
  people += 1;
  const given = { corporation: sakura, loginId: `shown-${people}`, name: '鈴木 次郎' };
  const member = await running.people.staffExists(given);
  const person = await signedIn(running, member);
  return { member, person, ...(await setsUpFactor(running, person)) };
}

it('recovery codes are gone from the browser with a sign-out', async () => {
  const { person } = await equipped();
  expect(person.jar.cookies.get('recovery-codes')?.value).toBeTruthy();
  await person.presses('ログアウト');
  expect(person.jar.cookies.get('recovery-codes')?.value ?? '').toBe('');
});

it('a later session of that browser shows none, whatever it kept', async () => {
  const { member, person, app } = await equipped();
  await person.opens(CODES);
  expect(shownCodes(person)).toHaveLength(10);
  const kept = person.jar.cookies.get('recovery-codes')!;
  await person.presses('ログアウト');
  await signsIn(person, member);
  await gives(person, await app.nextCode());
  person.jar.cookies.set('recovery-codes', kept);
  await person.opens(CODES);
  expect([shownCodes(person), person.page.h1]).toEqual([[], 'リカバリーコード']);
});

it('new ones are made behind a question, which the page that shows them does not offer', async () => {
  const { person, app, codes } = await equipped();
  await person.opens(CODES);
  expect(person.page.text).not.toContain('再発行へ進む');
  await person.presses('控えたので表示を終える');
  await person.opens(CODES);
  await person.follows('再発行へ進む');
  expect(person.page.text).toContain('どれも使えなくなります');
  expect(person.page.text).toContain('使える残り10個');
  await person.presses('新しく10個発行する');
  await confirmsChange(person, await app.nextCode());
  expect(shownCodes(person).filter((code) => !codes.includes(code))).toHaveLength(10);
});
