import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation, Member } from '../support/people.js';
import { asksForEmail, isSignedIn, outcomesOf, signedIn } from '../support/own-account.js';
import { signsIn } from '../support/registration.js';

const MORNING = new Date('2026-11-22T09:00:00+09:00');

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
beforeEach(() => running.clock.stopsAt(MORNING));

async function suzuki(): Promise<{ member: Member; person: Visitor; to: string }> {
  people += 1;
  const member = await running.people.staffExists({
    corporation: sakura,
    loginId: `suzuki-${people}`,
    name: '鈴木 次郎',
  });
  return { member, person: await signedIn(running, member), to: `jiro-${people}@new.example` };
}

/** Somebody whose password was given five minutes ago, in front of the page that asks for it. */
async function interrupted() {
  const { member, person, to } = await suzuki();
  await running.clock.advance('5 minutes');
  await asksForEmail(person, to);
  return { member, person, to };
}

const sessionOf = (person: Visitor) => person.jar.cookies.get('session')!.value;

async function gives(person: Visitor, password: string): Promise<void> {
  person.fills('現在のパスワード', password);
  await person.presses('操作を続ける');
}

async function changesOf({ id }: Member): Promise<number> {
  const { rows } = await running.pool.query('select from email_changes where account_id = $1', [
    id,
  ]);
  return rows.length;
}

describe('something that matters', () => {
  it('asks for no password within five minutes of the sign-in', async () => {
    const { person, to } = await suzuki();
    await running.clock.advance('4 minutes 59 seconds');
    await asksForEmail(person, to);
    expect(person.page.h1).toBe('メールアドレスの変更');
    expect(person.posted!.status).toBe(303);
  });

  it('asks after five minutes, and then goes on with what was entered', async () => {
    const { member, person, to } = await interrupted();
    expect(person.page.status).toBe(403);
    expect(person.page.h1).toBe('パスワードの確認');
    expect(await changesOf(member)).toBe(0);
    const before = sessionOf(person);
    await gives(person, member.password);
    expect(person.posted!.status).toBe(303);
    expect(person.page.facts).toMatchObject({ 新しいメールアドレス: to });
    expect(await changesOf(member)).toBe(1);

    expect(sessionOf(person)).not.toBe(before);
    const old = running.visitor();
    old.jar.cookies.set('session', { value: before, attributes: '' });
    expect(await isSignedIn(old)).toBe(false);
    expect(await isSignedIn(person)).toBe(true);
    expect((await outcomesOf(running, 'password-confirmation')).at(-1)).toBe('done');

    await running.clock.advance('4 minutes 59 seconds');
    await asksForEmail(person, `more-${to}`);
    expect(person.posted!.status).toBe(303);
    await running.clock.advance('1 second');
    await asksForEmail(person, `again-${to}`);
    expect(person.page.status).toBe(403);
  });

  it('shows its page without asking', async () => {
    const { person } = await suzuki();
    await running.clock.advance('10 minutes');
    expect((await person.opens('/me/email')).status).toBe(200);
  });

  it('says that a password is wrong, keeps the form, and forgets the password', async () => {
    const { member, person, to } = await interrupted();
    await gives(person, 'wrong-2026-password');
    expect(person.page.status).toBe(422);
    expect(person.page.title).toContain('エラー：');
    expect(person.page.errors[0]).toContain('パスワードを確認できませんでした。');
    expect(person.page.html).not.toContain('wrong-2026-password');
    expect(await changesOf(member)).toBe(0);
    expect(await outcomesOf(running, 'password-confirmation')).toContain('password-wrong');
    await gives(person, member.password);
    expect(person.page.facts).toMatchObject({ 新しいメールアドレス: to });
  });

  it('counts no empty password, and none that is too long', async () => {
    const { member, person } = await interrupted();
    for (let times = 0; times < 8; times += 1) await gives(person, '');
    expect(person.page.status).toBe(422);
    expect(person.page.errors).toEqual(['現在のパスワードを入力してください。']);
    await gives(person, 'あ'.repeat(400));
    expect(person.page.status).toBe(422);
    await gives(person, member.password);
    expect(person.posted!.status).toBe(303);
  });

  it('understands the password of every keyboard', async () => {
    const { person, member } = await interrupted();
    const wide = member.password.replaceAll(/[a-z\d]/g, (letter) =>
      String.fromCodePoint(letter.codePointAt(0)! + 0xfee0),
    );
    await gives(person, wide);
    expect(person.posted!.status).toBe(303);
  });

  it('counts failures as the sign-in does', async () => {
    const { member, person } = await interrupted();
    for (let times = 0; times < 6; times += 1) await gives(person, 'wrong-2026-password');
    await gives(person, member.password);
    expect(person.page.status).toBe(422);
    // The same browser waits at the sign-in, too.
    const tab = person.tab();
    tab.jar.cookies.delete('session');
    await signsIn(tab, member);
    expect(tab.page.status).toBe(422);
    await running.clock.advance('5 seconds');
    await signsIn(tab, member);
    expect(tab.page.path).toBe('/');
  });

  it('is not confused by the password of somebody else', async () => {
    const { person } = await interrupted();
    const other = await running.people.staffExists({
      corporation: sakura,
      loginId: `other-${people}`,
      name: '他の人',
      password: 'another-2026-one',
    });
    await gives(person, other.password);
    expect(person.page.status).toBe(422);
  });

  it('is not done when the session ended while the page was open', async () => {
    const { member, person } = await interrupted();
    await running.pool.query('delete from sessions where account_id = $1', [member.id]);
    await gives(person, member.password);
    expect(person.page.h1).toBe('ログイン');
    expect(await changesOf(member)).toBe(0);
  });
});
