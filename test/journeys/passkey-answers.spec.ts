import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { isSignedIn } from '../support/own-account.js';
import type { Corporation, Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';
import {
  asked,
  gives as givesCode,
  sakuraExists,
  somebodyWithFactor,
  type AuthenticatorApp,
} from '../support/second-factor.js';
import { questionTo, SoftwareKey, type Question, type Signed } from '../support/software-key.js';

const COUNTED = 40;
const PASSKEYS = '/me/second-factor/passkeys';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await sakuraExists(running);
});
afterAll(() => running.stop());

interface Owner {
  member: Member;
  key: SoftwareKey;
  /** In front of the question. */
  person: Visitor;
}

async function owner(): Promise<Owner> {
  const { member } = await somebodyWithFactor(running, sakura);
  const key = new SoftwareKey();
  await key.isOf(running, member);
  return { member, key, person: await asked(running, member) };
}

async function gives({ key, person }: Owner, given: Partial<Signed> = {}): Promise<number> {
  const signed = { ...questionTo(person), origin: running.url, counter: COUNTED + 1, ...given };
  const fields = { factorPasskey: key.answer(signed), code: '', next: '/' };
  return (await person.sends('POST', '/login/second-factor', { fields })).status;
}

/** The question of an earlier sign-in of the same browser. */
async function former({ member, person }: Owner): Promise<Question> {
  const question = questionTo(person);
  await signsIn(person, member);
  return question;
}

/** Each is signed by the right key: nothing else than what stands there is wrong. */
const WRONG: Record<string, (own: Owner) => Promise<Partial<Signed>>> = {
  'of another origin': async () => ({ origin: 'https://evil.example' }),
  'for another relying party': async () => ({ rpId: 'evil.example' }),
  'to a question that the page did not ask': async () => ({
    challenge: Buffer.alloc(32).toString('base64url'),
  }),
  'to somebody else’s question': async () => questionTo((await owner()).person),
  'to the question of another browser': async ({ member }) =>
    questionTo(await asked(running, member)),
  'to the question of a sign-in that is over': former,
  'of a copy that counted less': async () => ({ counter: COUNTED - 1 }),
  'of a copy that counted as much': async () => ({ counter: COUNTED }),
  'that makes a key instead of using it': async () => ({ type: 'webauthn.create' }),
};

it.each(Object.entries(WRONG))('an answer %s opens nothing', async (name, wrong) => {
  const own = await owner();
  const given = await wrong(own);
  // Another browser's question replaced this one's: both are of one lane.
  if (name.includes('another browser')) await signsIn(own.person, own.member);
  expect(await gives(own, given)).toBe(422);
  expect(await isSignedIn(own.person)).toBe(false);
  expect(await gives(own)).toBe(303);
  expect(await isSignedIn(own.person)).toBe(true);
});

it('an answer of a copy is told to the log, and to the owner once', async () => {
  const own = await owner();
  await running.mailbox.isReadBy(own.member.email);
  for (const counter of [COUNTED, COUNTED - 1]) expect(await gives(own, { counter })).toBe(422);
  const { subject, text } = await running.mailbox.mailTo(own.member.email);
  expect(subject).toContain('パスキーの複製の疑いのお知らせ');
  expect(text).toContain('今回の確認は受け付けていません。');
  expect(running.mailbox.unread(own.member.email)).toEqual([]);
  const { rowCount } = await running.pool.query(
    `select from audit_entries where act = 'passkey-copy' and account_id = $1`,
    [own.member.id],
  );
  expect(rowCount).toBe(2);
});

it('an answer by another key opens nothing', async () => {
  const [mine, yours] = [await owner(), await owner()];
  expect(await gives({ ...mine, key: yours.key })).toBe(422);
  expect(await isSignedIn(mine.person)).toBe(false);
});

interface Maker {
  member: Member;
  app: AuthenticatorApp;
  /** On the page that makes passkeys, the factor given just now. */
  person: Visitor;
}

async function opensKeys(member: Member, code: string): Promise<Visitor> {
  const person = await asked(running, member);
  await givesCode(person, code);
  await person.opens(PASSKEYS);
  return person;
}

async function maker(): Promise<Maker> {
  const { member, app } = await somebodyWithFactor(running, sakura);
  return { member, app, person: await opensKeys(member, await app.code()) };
}

/** @returns how many keys the account has then */
async function makes({ member, app, person }: Maker, given: Partial<Signed>): Promise<number> {
  const signed = { ...questionTo(person), origin: running.url, counter: 0, ...given };
  const passkey = new SoftwareKey().made(signed);
  const fields = { name: '鍵', passkey, code: await app.nextCode() };
  await person.sends('POST', PASSKEYS, { fields });
  const keys = 'select from passkeys where account_id = $1';
  return (await running.pool.query(keys, [member.id])).rowCount!;
}

/** As above, of a key that is made. */
const NOT_MADE: Record<string, (own: Maker) => Promise<Partial<Signed>>> = {
  'of another origin': async () => ({ origin: 'https://evil.example' }),
  'for another relying party': async () => ({ rpId: 'evil.example' }),
  'to somebody else’s question': async () => questionTo((await maker()).person),
  'to the question of another session': async ({ member, app }) =>
    questionTo(await opensKeys(member, await app.nextCode())),
  'that uses a key instead of making it': async () => ({ type: 'webauthn.get' }),
};

it.each(Object.entries(NOT_MADE))('a key %s is not added', async (_, wrong) => {
  const own = await maker();
  expect(await makes(own, await wrong(own))).toBe(0);
  expect(await makes(own, {})).toBe(1);
});
