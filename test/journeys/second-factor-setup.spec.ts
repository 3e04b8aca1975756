import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { isSignedIn, outcomesOf, signedIn } from '../support/own-account.js';
import type { Corporation, Member } from '../support/people.js';
import { AuthenticatorApp, setsUpFactor, shownCodes } from '../support/second-factor.js';

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

const rowsOf = async (table: string, { id }: Member) =>
  (
    await running.pool.query<Record<string, unknown>>(
      `select * from ${table} where account_id = $1`,
      [id],
    )
  ).rows;

describe('the set-up', () => {
  it('begins at the own account, shows picture and key, and ends with ten recovery codes', async () => {
    const { member, person } = await suzuki();
    await person.opens('/me');
    await person.follows('2段階認証');
    expect(person.page.text).toContain('未設定');
    await person.follows('認証アプリを設定する');
    const key = person.page.content('#totp-key').text;
    expect(key).toMatch(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(person.page.content('svg.gk-qr path').getAttribute('d')).toMatch(
      /^(?:M\d+ \d+h1v1h-1z){200,}$/,
    );
    expect(person.page.link('認証アプリを開く').getAttribute('href')).toContain(
      `secret=${key.replaceAll(' ', '')}`,
    );
    expect(await rowsOf('totp_secrets', member)).toEqual([]);
    person.fills('確認コード', await new AuthenticatorApp(running, key).code());
    await person.presses('確認して設定する');
    expect(person.posted!.status).toBe(303);
    expect(person.page.path).toBe('/me/second-factor/recovery-codes');
    expect(person.page.notice).toContain('2段階認証を設定しました。');
    const codes = shownCodes(person);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){2}$/);
    expect((await running.mailbox.mailTo(member.email)).subject).toContain(
      '2段階認証の設定のお知らせ',
    );
    expect((await outcomesOf(running, 'second-factor-setup')).at(-1)).toBe('done');
  });

  it('stores neither the secret nor a code as it is', async () => {
    const { member, person } = await suzuki();
    await person.opens('/me/second-factor/totp');
    const key = person.page.content('#totp-key').text.replaceAll(' ', '');
    const app = new AuthenticatorApp(running, key);
    person.fills('確認コード', await app.code());
    await person.presses('確認して設定する');
    const stored = JSON.stringify([
      await rowsOf('totp_secrets', member),
      await rowsOf('recovery_codes', member),
      (await running.pool.query('select facts from audit_entries')).rows,
    ]);
    for (const secret of [key, ...shownCodes(person).map((code) => code.replaceAll('-', ''))]) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });

  it('shows the same picture again, also beside a wrong code, and another one to the next person', async () => {
    const { person } = await suzuki();
    await person.opens('/me/second-factor/totp');
    const { text: key } = person.page.content('#totp-key');
    await person.opens('/me/second-factor/totp');
    expect(person.page.content('#totp-key').text).toBe(key);
    const app = new AuthenticatorApp(running, key);
    person.fills('確認コード', await app.wrongCode());
    await person.presses('確認して設定する');
    expect(person.page.status).toBe(422);
    expect(person.page.errors[0]).toContain('確認コードが違います。');
    expect(person.page.content('#totp-key').text).toBe(key);
    const other = await suzuki();
    other.person.jar.cookies.set('totp-offer', person.jar.cookies.get('totp-offer')!);
    await other.person.opens('/me/second-factor/totp');
    expect(other.person.page.content('#totp-key').text).not.toBe(key);
  });

  it('shows another key after half an hour, also to a browser that kept the cookie', async () => {
    const { person } = await suzuki();
    await person.opens('/me/second-factor/totp');
    const offer = person.jar.cookies.get('totp-offer')!;
    const [seed, made] = offer.value.split('.');
    const old = { ...offer, value: `${seed}.${Number(made) - 31 * 60_000}` };
    person.jar.cookies.set('totp-offer', old);
    await person.opens('/me/second-factor/totp');
    expect(person.jar.cookies.get('totp-offer')!.value).not.toBe(old.value);
  });

  it.each(['', '12345', '1234567', 'abcdef'])('says what a code is like (%s)', async (code) => {
    const { person } = await suzuki();
    await person.opens('/me/second-factor/totp');
    person.fills('確認コード', code);
    await person.presses('確認して設定する');
    expect(person.page.status).toBe(422);
  });

  it('understands a code with spaces and in any width', async () => {
    const { member, person } = await suzuki();
    await person.opens('/me/second-factor/totp');
    const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
    const code = await app.code();
    const wide = code.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    person.fills('確認コード', `${wide.slice(0, 3)} ${wide.slice(3)}`);
    await person.presses('確認して設定する');
    expect(await rowsOf('totp_secrets', member)).toHaveLength(1);
  });

  it('asks for the password where it was given more than five minutes ago', async () => {
    const { member, person } = await suzuki();
    await running.clock.advance('5 minutes');
    await person.opens('/me/second-factor/totp');
    const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
    person.fills('確認コード', await app.code());
    await person.presses('確認して設定する');
    expect(person.page.h1).toBe('パスワードの確認');
    expect(await rowsOf('totp_secrets', member)).toEqual([]);
    person.fills('現在のパスワード', member.password);
    await person.presses('操作を続ける');
    expect(person.page.path).toBe('/me/second-factor/recovery-codes');
  });

  it('ends the sessions elsewhere and keeps this one, under a new secret', async () => {
    const { member, person } = await suzuki();
    const elsewhere = await signedIn(running, member);
    const before = person.jar.cookies.get('session')!.value;
    await setsUpFactor(running, person);
    expect(await isSignedIn(elsewhere)).toBe(false);
    expect(await isSignedIn(person)).toBe(true);
    expect(person.jar.cookies.get('session')!.value).not.toBe(before);
  });

  it('happens once of two at the same time', async () => {
    const { member, person } = await suzuki();
    const forms = [person.tab(), person.tab()];
    await forms[0]!.opens('/me/second-factor/totp');
    const app = new AuthenticatorApp(running, forms[0]!.page.content('#totp-key').text);
    await forms[1]!.opens('/me/second-factor/totp');
    for (const form of forms) form.fills('確認コード', await app.code());
    await Promise.all(forms.map((form) => form.presses('確認して設定する')));
    expect(await rowsOf('totp_secrets', member)).toHaveLength(1);
    expect(await rowsOf('recovery_codes', member)).toHaveLength(10);
  });
});
