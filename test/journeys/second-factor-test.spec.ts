import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation } from '../support/people.js';
import { isSignedIn, outcomesOf, signedIn } from '../support/own-account.js';
import { asked, gives, sakuraExists, setsUpFactor } from '../support/second-factor.js';
import { questionTo, SoftwareKey, type Signed } from '../support/software-key.js';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await sakuraExists(running);
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
});
afterAll(() => running.stop());

async function tries(person: Visitor, code: string): Promise<void> {
  await person.opens('/me/second-factor');
  person.fills('認証アプリを試す', code);
  await person.presses('確認コードを試す');
}

it('the app is tried on its page, by codes that count once', async () => {
  const given = { corporation: sakura, loginId: 'suzuki', name: '鈴木 次郎' };
  const person = await signedIn(running, await running.people.staffExists(given));
  await person.sends('POST', '/me/second-factor', { fields: { testedFactorCode: '123456' } });
  expect(await outcomesOf(running, 'second-factor-test')).toEqual([]);
  const { app, codes } = await setsUpFactor(running, person);
  await tries(person, await app.code());
  expect(person.page.status).toBe(422);
  const code = await app.nextCode();
  await tries(person, code);
  expect(person.page.notice).toContain('確認コードを確認できました。');
  await tries(person, code);
  expect(person.page.text).toContain('確認コードを確認できませんでした。');
  await tries(person, codes[0]!);
  expect(person.page.text).toContain(
    'アプリに表示された6桁の数字を入力してください。リカバリーコードは、ここでは試せません。',
  );
  for (let times = 0; times < 4; times += 1) await tries(person, await app.wrongCode());
  expect(person.page.status).toBe(422);
  await tries(person, await app.nextCode());
  expect(await outcomesOf(running, 'second-factor-test')).toEqual([
    'second-factor-wrong',
    'done',
    ...Array<string>(5).fill('second-factor-wrong'),
    'done',
  ]);
});

let owners = 0;

/** Somebody who is signed in, in front of the test of a passkey that counted up to 40. */
async function owner() {
  owners += 1;
  const given = { corporation: sakura, loginId: `tanaka-${owners}`, name: '田中 実' };
  const member = await running.people.staffExists(given);
  const person = await signedIn(running, member);
  const { app } = await setsUpFactor(running, person);
  const key = new SoftwareKey();
  await key.isOf(running, member);
  await person.opens('/me/second-factor');
  return { member, key, person, app };
}

type Owner = Awaited<ReturnType<typeof owner>>;

const answerOf = ({ key, person }: Owner, given: Partial<Signed> = {}) =>
  key.answer({ ...questionTo(person), origin: running.url, counter: 41, ...given });

async function posts({ person }: Owner, passkey: string): Promise<number> {
  const fields = { testedFactorPasskey: passkey };
  return (await person.sends('POST', '/me/second-factor', { fields })).status;
}

it('a passkey is tried by an answer that counts once, and only there', async () => {
  const own = await owner();
  const answer = answerOf(own);
  const elsewhere = await asked(running, own.member);
  const fields = { factorPasskey: answer, code: '', next: '/' };
  expect((await elsewhere.sends('POST', '/login/second-factor', { fields })).status).toBe(422);
  expect(await isSignedIn(elsewhere)).toBe(false);
  expect(await posts(own, answer)).toBe(303);
  await own.person.opens('/me/second-factor');
  expect(own.person.page.notice).toContain('パスキー「鍵」を確認できました。');
  expect(await posts(own, answer)).toBe(422);
  await running.clock.advance('6 minutes');
  await own.person.opens('/me/second-factor/recovery-codes/renewal');
  await own.person.presses('新しく10個発行する');
  expect(own.person.page.h1).toBe('本人確認');
  const confirming = answerOf(own, { counter: 42 });
  expect(await posts(own, confirming)).toBe(422);
});

it('no key that does not count is tried twice by one answer', async () => {
  const own = await owner();
  await running.pool.query('update passkeys set counter = 0 where account_id = $1', [
    own.member.id,
  ]);
  const answer = answerOf(own, { counter: 0 });
  expect([await posts(own, answer), await posts(own, answer)]).toEqual([303, 422]);
});

/** Each is signed by the right key: nothing else than what stands there is wrong. */
const WRONG: Record<string, (own: Owner) => Promise<Partial<Signed>>> = {
  'of another origin': async () => ({ origin: 'https://evil.example' }),
  'for another relying party': async () => ({ rpId: 'evil.example' }),
  'to the question of another session': async ({ member, app }) => {
    const elsewhere = await asked(running, member);
    await gives(elsewhere, await app.nextCode());
    await elsewhere.opens('/me/second-factor');
    return questionTo(elsewhere);
  },
  'to the question of a sign-in': async ({ member }) => questionTo(await asked(running, member)),
  'to somebody else’s question': async () => questionTo((await owner()).person),
  'of a copy that counted less': async () => ({ counter: 39 }),
};

it.each(Object.entries(WRONG))('an answer %s is refused', async (_, wrong) => {
  const own = await owner();
  expect(await posts(own, answerOf(own, await wrong(own)))).toBe(422);
  expect(await posts(own, answerOf(own))).toBe(303);
});

it('tries at a passkey and at the app wait for each other', async () => {
  const own = await owner();
  const wrong = answerOf(own, { origin: 'https://evil.example' });
  const statuses = [];
  for (let times = 0; times < 20 && statuses.at(-1) !== 429; times += 1)
    statuses.push(await posts(own, wrong));
  expect(statuses.at(-1)).toBe(429);
  await own.person.opens('/me/second-factor');
  await tries(own.person, '123456');
  expect(own.person.page.status).toBe(429);
});
