import { randomUUID } from 'node:crypto';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation, Member } from '../support/people.js';
import {
  asked,
  confirmsChange,
  gives,
  sakuraExists,
  somebodyWithFactor,
  type AuthenticatorApp,
} from '../support/second-factor.js';

const PASSKEYS = '/me/second-factor/passkeys';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await sakuraExists(running);
});
afterAll(() => running.stop());

/** In front of so many keys of other devices. */
async function withKeys(
  count: number,
): Promise<{ member: Member; person: Visitor; app: AuthenticatorApp }> {
  const { member, app } = await somebodyWithFactor(running, sakura);
  await running.pool.query(
    `insert into passkeys (account_id, credential_id, public_key, counter, transports, name)
     select $1::uuid, $1 || '-' || n, '\\x00', 0, '{}', '鍵' || n from generate_series(1, $2) n`,
    [member.id, count],
  );
  const person = await asked(running, member);
  await gives(person, await app.code());
  await person.opens(PASSKEYS);
  return { member, person, app };
}

const renamings = async ({ id }: Member) => {
  const { rows } = await running.pool.query<{ reason: string }>(
    `select reason from audit_entries where act = 'passkey-renaming' and account_id = $1 order by id`,
    [id],
  );
  return rows.map(({ reason }) => reason);
};

it('another name is written in the log', async () => {
  const { member, person } = await withKeys(1);
  person.fills('鍵1の新しい名前', '会社の鍵');
  await person.presses('名前を変更');
  expect(person.page.text).toContain('パスキーの名前を変更しました。');
  expect(person.page.text).toContain('会社の鍵');
  const gone = randomUUID();
  const fields = { act: 'rename', passkeyId: gone, [`name-${gone}`]: '鍵' };
  await person.sends('POST', PASSKEYS, { fields });
  expect(await renamings(member)).toEqual(['done', 'changed-meanwhile']);
});

it.each([1, 10])('a name that is no name is told at its row, beside %i', async (count) => {
  const { person } = await withKeys(count);
  const typed = '長'.repeat(51);
  for (const [name, sentence] of [
    ['', 'パスキーの名前を入力してください。'],
    [typed, 'パスキーの名前は50文字以内で入力してください。'],
    [
      '鍵\u202Eyek',
      'パスキーの名前に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ],
    [
      'genkan-check.com/id',
      'パスキーの名前にURLやメールアドレスは入れられません。「.」のあとに文字を続ける場合は、あいだに空白を入れてください。',
    ],
  ]) {
    person.fills('鍵1の新しい名前', name!);
    await person.presses('名前を変更', '鍵1の新しい名前');
    expect([person.page.status, person.page.errors]).toEqual([422, [sentence]]);
    expect(person.page.errorsAt('鍵1の新しい名前')).toEqual([sentence]);
    const field = person.page.field('鍵1の新しい名前');
    expect(field.getAttribute('value')).toBe(name);
    const summary = person.page.content('.gk-summary a').getAttribute('href');
    expect(summary).toBe(`#${field.getAttribute('id')}`);
  }
});

it('one that goes is named, and says before and after what ends with it', async () => {
  const { member, person, app } = await withKeys(1);
  expect(person.page.text).toContain('ほかの端末からはログアウトし、確認コードの省略も');
  await person.follows('削除へ進む');
  expect(person.page.h1).toBe('パスキーの削除');
  expect(person.page.text).toContain('鍵1');
  await person.presses('削除する');
  await confirmsChange(person, await app.nextCode());
  expect(person.page.notice).toContain('パスキー「鍵1」を削除しました。');
  expect(person.page.notice).toContain('ほかの端末からはログアウトし、確認コードの省略も');
  await person.opens('/me/log');
  expect(person.page.text).toContain('パスキーを削除しました');
  expect(person.page.text).not.toContain('2段階認証の設定を解除しました');
  const { text } = await running.mailbox.mailTo(member.email, 'パスキーの削除');
  expect(text).toContain('鍵1');
  expect(text).toContain('確認コードの省略は、すべての端末で終わりました。');
});

it('an eleventh one is told how to make room', async () => {
  const { person, app } = await withKeys(10);
  expect(person.page.text).not.toContain('今お使いの端末でパスキーを作成する');
  const fields = { name: '鍵11', passkey: '{}', code: await app.nextCode() };
  const { status, headers } = await person.sends('POST', PASSKEYS, { fields });
  expect([status, headers.location]).toEqual([303, PASSKEYS]);
  await person.opens(PASSKEYS);
  expect(person.page.root.querySelector('.gk-notice')?.text).toContain(
    '追加するには、使っていないものを削除してください。',
  );
});
