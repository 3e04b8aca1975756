import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { isSignedIn } from '../support/own-account.js';
import {
  asked,
  confirmsChange,
  gives,
  givesRecoveryCode,
  sakuraExists,
  shownCodes,
  somebodyWithFactor,
} from '../support/second-factor.js';

const FORMER = 'a secret of the tests, which is 32 bytes long or more';
const NEW = 'another secret of the tests, 32 bytes long or even more';
const bytes = (key: string) => Buffer.from(key);

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('factors outlive an exchange of the key, and recovery codes until the former key goes', async () => {
  const operator = new Operator(running);
  const { member, app, codes } = await somebodyWithFactor(running, await sakuraExists(running));
  await operator.types('review', 'list');
  await running.restart({ secretKey: bytes(NEW), secretKeyPrevious: bytes(FORMER) });
  const exchanging = { SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: FORMER };
  const rotated = await operator.typesWith(exchanging, 'rotate-key');
  expect(rotated.out).toContain('1 people need new recovery codes.');
  expect(rotated.out).toContain('Keep SECRET_KEY_PREVIOUS until then.');

  const person = await asked(running, member);
  await givesRecoveryCode(person, codes[0]!);
  expect(await isSignedIn(person)).toBe(true);
  await person.opens('/me/second-factor');
  expect(person.page.text).toContain('サーバーの鍵が新しくなりました。');
  await person.opens('/me/second-factor/recovery-codes/renewal');
  await person.presses('新しく10個発行する');
  await confirmsChange(person, codes[1]!);
  const renewed = shownCodes(person);
  expect(renewed).toHaveLength(10);
  expect((await operator.typesWith(exchanging, 'rotate-key')).out).not.toContain('recovery codes');

  await running.restart({ secretKey: bytes(NEW), secretKeyPrevious: undefined });
  const later = await asked(running, member);
  await gives(later, await app.code());
  expect(await isSignedIn(later)).toBe(true);
  const byPaper = await asked(running, member);
  await givesRecoveryCode(byPaper, renewed[0]!);
  expect(await isSignedIn(byPaper)).toBe(true);
});
