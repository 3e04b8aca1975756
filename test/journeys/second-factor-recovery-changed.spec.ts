import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { answers, FACTOR, proved } from '../support/factor-recovery.js';
import { formOn } from '../support/form-post.js';
import { companyExists } from '../support/members.js';
import type { Member } from '../support/people.js';
import { choosesPassword } from '../support/recovery.js';
import {
  asked,
  confirmsChange,
  givesRecoveryCode,
  longEquipped,
} from '../support/second-factor.js';
import { questionTo, SoftwareKey } from '../support/software-key.js';
import { lockIsWaitedFor } from '../support/until.js';

const RENEWAL = '/me/second-factor/recovery-codes/renewal';

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

type Owner = Awaited<ReturnType<typeof longEquipped>>;

async function hashOf({ id }: Member): Promise<string> {
  const statement = 'select password_hash as hash from accounts where id = $1';
  return (await running.pool.query<{ hash: string }>(statement, [id])).rows[0]!.hash;
}

async function renewsCodes({ person, app }: Owner): Promise<void> {
  await person.opens(RENEWAL);
  await person.presses('新しく10個発行する');
  await confirmsChange(person, await app.nextCode());
  expect(person.page.path).toBe('/me/second-factor/recovery-codes');
}

/** The last press of a recovery that was answered before. */
async function isAskedAnew(recovery: Visitor): Promise<void> {
  const before = await hashOf(suzuki);
  await recovery.presses('登録');
  expect(recovery.page.path).toContain(FACTOR);
  expect(await hashOf(suzuki)).toBe(before);
}

/** By a passkey, on the page in front of this recovery. */
async function answersBy(key: SoftwareKey, recovery: Visitor, counter: number): Promise<string> {
  const answer = key.answer({ ...questionTo(recovery), origin: running.url, counter });
  await formOn(recovery, '確認', { typed: { factorPasskey: answer } })();
  return answer;
}

it('a recovery by a code of the paper is asked anew once its owner renewed the paper', async () => {
  const owner = await longEquipped(running, suzuki);
  const thief = await proved(running, suzuki);
  await answers(thief, owner.codes[0]!);
  await choosesPassword(thief);
  await renewsCodes(owner);
  await isAskedAnew(thief);
  await answers(thief, owner.codes[1]!);
  expect(thief.page.status).toBe(422);
  await answers(thief, await owner.app.nextCode());
  await thief.presses('登録');
  expect(thief.page.h1).toBe('パスワード再登録完了');
});

it.each([
  [
    'パスワード再登録',
    async ({ codes }: Owner) => answers(await proved(running, suzuki), codes[0]!),
  ],
  [
    'ログイン',
    async ({ codes }: Owner) => givesRecoveryCode(await asked(running, suzuki), codes[0]!),
  ],
  [
    'ログイン中の本人確認',
    async ({ codes, person }: Owner) => {
      await person.opens(RENEWAL);
      await person.presses('新しく10個発行する');
      await confirmsChange(person, codes[0]!);
    },
  ],
])('the mail about a used code says for what it was used: %s', async (act, uses) => {
  await uses(await longEquipped(running, suzuki));
  const { text } = await running.mailbox.mailTo(suzuki.email, 'リカバリーコードが使われました');
  expect(text).toContain(`使われた操作：${act}`);
  const tellsOfRenewal = text.includes('リカバリーコードを新しく発行すると');
  expect(tellsOfRenewal).toBe(act === 'パスワード再登録');
});

it('one by a passkey is asked anew once its owner deleted the key', async () => {
  const owner = await longEquipped(running, suzuki);
  const key = new SoftwareKey();
  await key.isOf(running, suzuki);
  const thief = await proved(running, suzuki);
  const flow = thief.page.url.search;
  await answersBy(key, thief, 41);
  await thief.opens(`/password-reset/new-password${flow}`);
  await choosesPassword(thief);
  const { person, app } = owner;
  await person.opens('/me/second-factor/passkeys');
  await person.follows('削除へ進む');
  await person.presses('削除する');
  await confirmsChange(person, await app.nextCode());
  await isAskedAnew(thief);
});

it('no answer of a passkey counts twice in a recovery that is asked anew', async () => {
  const owner = await longEquipped(running, suzuki);
  const key = new SoftwareKey();
  await key.isOf(running, suzuki);
  const thief = await proved(running, suzuki);
  const flow = thief.page.url.search;
  // A passkey that is on several devices counts nothing.
  await running.pool.query('update passkeys set counter = 0 where account_id = $1', [suzuki.id]);
  const given = await answersBy(key, thief, 0);
  await thief.opens(`/password-reset/new-password${flow}`);
  await choosesPassword(thief);
  await renewsCodes(owner);
  await isAskedAnew(thief);
  const again = await formOn(thief, '確認', { typed: { factorPasskey: given } })();
  expect(again.status).toBe(422);
  await answersBy(key, thief, 0);
  await thief.opens(`/password-reset/confirmation${flow}`);
  await thief.presses('登録');
  expect(thief.page.h1).toBe('パスワード再登録完了');
});

it('a use of a factor changes none: a recovery goes on beside a sign-in', async () => {
  const { person, app } = await longEquipped(running, suzuki);
  const recovery = await proved(running, suzuki);
  await answers(recovery, await app.nextCode());
  await choosesPassword(recovery);
  await person.opens(RENEWAL);
  await person.presses('新しく10個発行する');
  person.fills('確認コード', await app.wrongCode());
  await person.presses('操作を続ける');
  await recovery.presses('登録');
  expect(recovery.page.h1).toBe('パスワード再登録完了');
});

it('asks where the password is written: a change that comes in between counts', async () => {
  const { codes } = await longEquipped(running, suzuki);
  const before = await hashOf(suzuki);
  const thief = await proved(running, suzuki);
  await answers(thief, codes[0]!);
  await choosesPassword(thief);
  const owner = await running.pool.connect();
  await owner.query('begin');
  await owner.query('select from accounts where id = $1 for no key update', [suzuki.id]);
  const pressed = thief.presses('登録');
  await lockIsWaitedFor(running.pool);
  await owner.query('delete from recovery_codes where account_id = $1', [suzuki.id]);
  await owner.query('commit');
  owner.release();
  await pressed;
  expect(thief.page.path).toContain(FACTOR);
  expect(await hashOf(suzuki)).toBe(before);
});
