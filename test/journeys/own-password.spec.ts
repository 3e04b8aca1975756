import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation, Member } from '../support/people.js';
import {
  asksForEmail,
  isSignedIn,
  outcomesOf,
  proofLink,
  signedIn,
} from '../support/own-account.js';
import { newLink } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';

const NEW = 'yama-no-ue-2031';

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
  const member = await running.people.staffExists({
    corporation: sakura,
    loginId: `suzuki-${people}`,
    name: '鈴木 次郎',
  });
  return { member, person: await signedIn(running, member) };
}

async function changes(person: Visitor, current: string, password = NEW, again = password) {
  await person.opens('/me/password');
  person.fills('現在のパスワード', current);
  person.fills('新パスワード', password);
  person.fills('パスワード確認', again);
  await person.presses('パスワードを変更する');
}

const sessionOf = (person: Visitor) => person.jar.cookies.get('session')!.value;

describe('the change of the password', () => {
  it('ends whatever the old one opened, but this session', async () => {
    const { member, person } = await suzuki();
    const elsewhere = await signedIn(running, member);
    await running.mailbox.mailTo(member.email);
    const [before, device] = [sessionOf(person), person.jar.cookies.get('device')!.value];

    await person.opens('/me');
    await person.follows('パスワードの変更');
    await changes(person, member.password);
    expect(person.posted!.status).toBe(303);
    expect(person.page.path).toBe('/me');
    expect(person.page.notice).toContain('パスワードを変更し、');

    expect(await isSignedIn(elsewhere)).toBe(false);
    const old = running.visitor();
    old.jar.cookies.set('session', { value: before, attributes: '' });
    expect(await isSignedIn(old)).toBe(false);
    expect(sessionOf(person)).not.toBe(before);
    expect(await isSignedIn(person)).toBe(true);
    const { rows } = await running.pool.query<{ id: string }>(
      'select id from devices where account_id = $1',
      [member.id],
    );
    expect(rows.map(({ id }) => id)).toEqual([device.split('.')[0]]);

    const mail = await running.mailbox.mailTo(member.email);
    expect(mail.subject).toBe('[法人WEBシステム] パスワード変更のお知らせ');
    expect(mail.text).toContain('日時：2026年11月22日(日) 9時00分（日本時間）');
    expect(mail.text).not.toContain(NEW);
    expect((await outcomesOf(running, 'password-change')).at(-1)).toBe('done');

    const next = running.visitor();
    await signsIn(next, member);
    expect(next.page.status).toBe(422);
    await signsIn(next, { ...member, password: NEW });
    expect(next.page.path).toBe('/');
  });

  it('voids links that were under way', async () => {
    const { member, person } = await suzuki();
    const to = `jiro-${people}@new.example`;
    await asksForEmail(person, to);
    const proof = await proofLink(running, member.email, to);
    const recovery = await newLink(running, member.email);
    await changes(person, member.password);
    for (const link of [proof, recovery])
      expect((await running.visitor().opens(link)).status).toBe(410);
  });

  it('is refused with every reason at once, and sends no password back', async () => {
    const { member, person } = await suzuki();
    await changes(person, '', 'abc', 'abd');
    expect(person.page.status).toBe(422);
    expect(person.page.errors).toEqual([
      '現在のパスワードを入力してください。',
      'パスワードは8文字以上で入力してください。',
      'パスワードに数字を1文字以上入れてください。',
      '確認用のパスワードが、上のパスワードと一致しません。もう一度入力してください。',
    ]);
    await changes(person, member.password, member.loginId);
    expect(person.page.errors).toEqual(['ログインIDと同じ文字列は、パスワードに使えません。']);
    await changes(person, member.password, member.password);
    expect(person.page.errors[0]).toContain('現在のパスワードと同じです。');
    expect(person.page.html).not.toContain(member.password);
    await changes(person, 'あ'.repeat(400));
    expect(person.page.status).toBe(422);
  });

  it('counts wrong current passwords as the sign-in does', async () => {
    const { member, person } = await suzuki();
    for (let times = 0; times < 6; times += 1) await changes(person, 'wrong-2026-password');
    expect(person.page.errors[0]).toContain('パスワードを確認できませんでした。');
    await changes(person, member.password);
    expect(person.page.status).toBe(422);
    expect(await outcomesOf(running, 'password-change')).toContain('password-wrong');
    await running.clock.advance('5 seconds');
    await changes(person, member.password);
    expect(person.page.path).toBe('/me');
  });

  it('asks for the current password however fresh it is', async () => {
    const { person } = await suzuki();
    const fields = { password: NEW, passwordConfirmation: NEW };
    expect((await person.sends('POST', '/me/password', { fields })).status).toBe(422);
  });

  it('happens once when two browsers change it at the same time', async () => {
    const { member, person } = await suzuki();
    const elsewhere = await signedIn(running, member);
    const fields = (password: string) => ({
      currentPassword: member.password,
      password,
      passwordConfirmation: password,
    });
    const answers = await Promise.all([
      person.sends('POST', '/me/password', { fields: fields('first-2031-one') }),
      elsewhere.sends('POST', '/me/password', { fields: fields('second-2031-one') }),
    ]);
    expect(answers.filter(({ headers }) => headers.location === '/me')).toHaveLength(1);
    const still = [await isSignedIn(person), await isSignedIn(elsewhere)];
    expect(still.sort()).toEqual([false, true]);
  });

  it('is found by password managers', async () => {
    const answer = await running.visitor().sends('GET', '/.well-known/change-password');
    expect([answer.status, answer.headers.location]).toEqual([303, '/me/password']);
    const { person } = await suzuki();
    const { root } = await person.opens('/me/password');
    const kinds = root.querySelectorAll('main input[autocomplete]');
    expect(kinds.map((field) => field.getAttribute('autocomplete'))).toEqual([
      'username',
      'current-password',
      'new-password',
      'new-password',
    ]);
  });
});
