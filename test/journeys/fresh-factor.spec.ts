import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { asksForEmail, isSignedIn, outcomesOf } from '../support/own-account.js';
import type { Corporation, Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';
import {
  asked,
  gives,
  sakuraExists,
  somebodyWithFactor,
  type Equipped,
} from '../support/second-factor.js';

let running: RunningApp;
let corporation: Corporation;
beforeAll(async () => {
  running = await startApp();
  corporation = await sakuraExists(running);
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

interface Interrupted extends Equipped {
  member: Member;
  person: Visitor;
  to: string;
}

/** Somebody with a factor that was given five minutes ago, in front of the question. */
async function interrupted(): Promise<Interrupted> {
  const equipped = await somebodyWithFactor(running, corporation);
  const person = await asked(running, equipped.member);
  await gives(person, await equipped.app.code());
  await running.clock.advance('5 minutes');
  const to = `new-${equipped.member.email}`;
  await asksForEmail(person, to);
  expect(person.page.h1).toBe('本人確認');
  return { person, to, ...equipped };
}

async function goesOnWith(person: Visitor, code: string): Promise<void> {
  person.fills('確認コード', code);
  await person.presses('操作を続ける');
}

const sensitivePaths = ({ id }: Member) => [
  '/me/email',
  '/accounts/new',
  '/accounts/invitations',
  '/accounts/invitations/import/confirmation',
  '/accounts/deletion',
  '/accounts/export',
  `/accounts/${id}`,
  `/accounts/${id}/suspension`,
  `/accounts/${id}/restoration`,
  `/accounts/${id}/email`,
  `/accounts/${id}/second-factor`,
  '/security/policy',
  '/ip-restriction/trial',
  '/ip-restriction/tickets',
  `/admin-enrollment/cases/${id}`,
  '/ip-restriction/confirmation',
  '/ip-restriction/tickets/renewal',
];

describe('the question before something that matters', () => {
  it('takes a code, and goes on with what was entered', async () => {
    const { person, to, app } = await interrupted();
    const before = person.jar.cookies.get('session')!.value;
    await goesOnWith(person, await app.code());
    expect(person.posted!.status).toBe(303);
    expect(person.page.facts).toMatchObject({ 新しいメールアドレス: to });
    expect(person.jar.cookies.get('session')!.value).not.toBe(before);
    expect((await outcomesOf(running, 'password-confirmation')).at(-1)).toBe('done');
    await running.clock.advance('4 minutes 59 seconds');
    await asksForEmail(person, `more-${to}`);
    expect(person.posted!.status).toBe(303);
    await running.clock.advance('1 second');
    await asksForEmail(person, `again-${to}`);
    expect(person.page.status).toBe(403);
  });

  it('takes no password, which a thief of the session may know', async () => {
    const { member, person, to } = await interrupted();
    expect(person.page.text).not.toContain('現在のパスワード');
    const fields = { email: to, currentPassword: member.password };
    const answer = await person.sends('POST', '/me/email', { fields });
    expect([answer.status, answer.text.includes(member.password)]).toEqual([403, false]);
    await running.mailbox.nothingFor(to);
  });

  it('takes a recovery code once', async () => {
    const { person, to, codes } = await interrupted();
    await goesOnWith(person, codes[0]!);
    expect(person.page.facts).toMatchObject({ 新しいメールアドレス: to });
    await running.clock.advance('5 minutes');
    await asksForEmail(person, `more-${to}`);
    await goesOnWith(person, codes[0]!);
    expect(person.page.status).toBe(422);
  });

  it('says that a code is wrong, forgets it, and counts it as the sign-in does', async () => {
    const { person, to, app } = await interrupted();
    const wrong = await app.wrongCode();
    for (let times = 0; times < 6; times += 1) await goesOnWith(person, wrong);
    expect(person.page.status).toBe(422);
    expect(person.page.errors[0]).toContain('確認コードを確認できませんでした。');
    expect(person.page.html).not.toContain(wrong);
    await goesOnWith(person, await app.code());
    expect(person.page.errors[0]).toContain('あと5秒');
    await running.clock.advance('5 seconds');
    await goesOnWith(person, await app.code());
    expect(person.page.facts).toMatchObject({ 新しいメールアドレス: to });
  });

  it('is open to a sign-in that gave the factor, and not to one by a trusted browser', async () => {
    const { member, app } = await somebodyWithFactor(running, corporation);
    const person = await asked(running, member);
    person.checks('今お使いの端末では、30日間、確認コードの入力を省略する');
    await gives(person, await app.code());
    await asksForEmail(person, `first-${member.email}`);
    expect(person.posted!.status).toBe(303);
    await person.sends('POST', '/logout', { fields: {} });
    await signsIn(person, member);
    expect(await isSignedIn(person)).toBe(true);
    await asksForEmail(person, `second-${member.email}`);
    expect([person.page.status, person.page.h1]).toEqual([403, '本人確認']);
  });

  it('keeps a thief with password and trusted browser from every act of an administrator', async () => {
    const { member, app } = await somebodyWithFactor(running, corporation, 'administrator');
    const other = await running.people.staffExists({
      corporation,
      loginId: `other-${member.loginId}`,
      name: '山田 太郎',
    });
    const person = await asked(running, member);
    person.checks('今お使いの端末では、30日間、確認コードの入力を省略する');
    await gives(person, await app.code());
    await person.sends('POST', '/logout', { fields: {} });
    await signsIn(person, member);
    for (const path of sensitivePaths(other)) {
      const fields = { currentPassword: member.password, act: 'end-sessions' };
      const { status, text } = await person.sends('POST', path, { fields });
      expect([path, status, text.includes('確認コードを入力してください')]).toEqual([
        path,
        403,
        true,
      ]);
    }
  });

  it('is not gone around by anybody without a factor', async () => {
    const { person } = await interrupted();
    const fields = { email: 'x@new.example', code: '' };
    const empty = await person.sends('POST', '/me/email', { fields });
    expect([empty.status, empty.text.includes('確認コードを入力してください。')]).toEqual([
      422,
      true,
    ]);
    const plain = running.visitor();
    await plain.opens('/login');
    plain.fills('ID', 'sato');
    plain.fills('パスワード', 'sakura-2026-mochi');
    await plain.presses('ログイン');
    await running.clock.advance('5 minutes');
    const answer = await plain.sends('POST', '/me/email', {
      fields: { email: 'y@new.example', code: '123456' },
    });
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain('name="code"');
    expect(await isSignedIn(plain)).toBe(true);
  });
});
