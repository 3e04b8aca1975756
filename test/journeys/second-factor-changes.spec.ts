import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { signedIn } from '../support/own-account.js';
import type { Corporation, Member } from '../support/people.js';
import { setsUpFactor, shownCodes } from '../support/second-factor.js';

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  await running.people.administratorExists({
    corporation: sakura,
    loginId: 'sato',
    name: '佐藤 花子',
  });
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

async function suzuki(): Promise<{ member: Member; person: Visitor }> {
  people += 1;
  const given = { corporation: sakura, loginId: `suzuki-${people}`, name: '鈴木 次郎' };
  const member = await running.people.staffExists(given);
  return { member, person: await signedIn(running, member) };
}

/** Somebody with a factor whose last code was long ago. */
async function equipped() {
  const { member, person } = await suzuki();
  const { app, codes } = await setsUpFactor(running, person);
  await running.mailbox.mailTo(member.email);
  await running.clock.advance('10 minutes');
  return { member, person, app, codes };
}

async function confirms(person: Visitor, code: string): Promise<void> {
  expect(person.page.h1).toBe('本人確認');
  expect(person.page.text).not.toContain('現在のパスワード');
  person.fills('確認コード', code);
  await person.presses('操作を続ける');
}

const rowsOf = async (table: string, { id }: Member) =>
  (
    await running.pool.query<Record<string, unknown>>(
      `select * from ${table} where account_id = $1`,
      [id],
    )
  ).rows;

describe('recovery codes', () => {
  it('are shown in the browser that made them alone, for half an hour, or until they are put away', async () => {
    const { member, person } = await suzuki();
    const { codes } = await setsUpFactor(running, person);
    expect(codes).toHaveLength(10);
    const thief = running.visitor();
    thief.jar.cookies.set('session', person.jar.cookies.get('session')!);
    await thief.opens('/me/second-factor/recovery-codes');
    expect(shownCodes(thief)).toEqual([]);
    await person.presses('控えたので表示を終える');
    await person.opens('/me/second-factor/recovery-codes');
    expect(shownCodes(person)).toEqual([]);
    expect(person.page.text).toContain('使えるリカバリーコードは、あと10個です');
    expect(await rowsOf('recovery_codes', member)).toHaveLength(10);
  });

  it('are made anew with a fresh factor alone, and the old ones are gone', async () => {
    const { member, person, app, codes } = await equipped();
    await person.opens('/me/second-factor/recovery-codes/renewal');
    await person.presses('新しく10個発行する');
    await confirms(person, member.password);
    expect(person.page.status).toBe(422);
    await confirms(person, await app.code());
    expect(person.page.notice).toContain('リカバリーコードを新しく発行しました。');
    expect(shownCodes(person)).toHaveLength(10);
    expect(shownCodes(person).filter((code) => codes.includes(code))).toEqual([]);
    expect(await rowsOf('recovery_codes', member)).toHaveLength(10);
    expect((await running.mailbox.mailTo(member.email)).subject).toContain(
      'リカバリーコードの再発行のお知らせ',
    );
  });

  it('are not made anew by a form of an older page', async () => {
    const { person, app } = await equipped();
    await person.opens('/me/second-factor/recovery-codes/renewal');
    const older = person.tab();
    await older.opens('/me/second-factor/recovery-codes/renewal');
    await person.presses('新しく10個発行する');
    await confirms(person, await app.code());
    const codes = shownCodes(person);
    await older.presses('新しく10個発行する');
    await confirms(older, await app.nextCode());
    expect(older.page.notice).toContain('ページを開いたあとに変わっています。');
    expect(shownCodes(older)).toEqual(codes);
  });
});

describe('the removal', () => {
  it('asks for the factor, takes the recovery codes along, and is told by mail', async () => {
    const { member, person, app } = await equipped();
    await person.opens('/me/second-factor');
    await person.follows('2段階認証を解除する');
    await person.presses('2段階認証を解除する');
    await confirms(person, await app.wrongCode());
    expect(await rowsOf('totp_secrets', member)).toHaveLength(1);
    await confirms(person, await app.code());
    expect(person.page.notice).toContain('2段階認証を解除しました。');
    expect(person.page.text).toContain('未設定');
    expect(await rowsOf('totp_secrets', member)).toEqual([]);
    expect(await rowsOf('recovery_codes', member)).toEqual([]);
    expect((await running.mailbox.mailTo(member.email)).subject).toContain(
      '2段階認証の解除のお知らせ',
    );
  });

  it('can be confirmed by a recovery code, and the next set-up shows another key', async () => {
    const { member, person, codes } = await equipped();
    await person.opens('/me/second-factor/removal');
    await person.presses('2段階認証を解除する');
    await confirms(person, codes[0]!.toLowerCase());
    expect(person.page.text).toContain('未設定');
    await setsUpFactor(running, person);
    person.fills('現在のパスワード', member.password);
    await person.presses('操作を続ける');
    expect(shownCodes(person)).toHaveLength(10);
    expect(shownCodes(person).filter((code) => codes.includes(code))).toEqual([]);
  });
});
