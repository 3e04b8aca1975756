import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { invited, invites } from '../support/invitation.js';
import type { Corporation } from '../support/people.js';
import {
  asked,
  gives,
  givesRecoveryCode,
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

/** An administrator who just gave the factor at the sign-in. */
async function signedInBy(give: (person: Visitor, equipped: Equipped) => Promise<void>) {
  const equipped = await somebodyWithFactor(running, corporation, 'administrator');
  const person = await asked(running, equipped.member);
  await give(person, equipped);
  return { person, ...equipped };
}

const byPaper = (person: Visitor, { codes }: Equipped) => givesRecoveryCode(person, codes[0]!);
const byApp = async (person: Visitor, { app }: Equipped) => gives(person, await app.code());

it('is asked of a thief with one code of the paper, who would make a colleague of his own', async () => {
  const { person: thief, member } = await signedInBy(byPaper);
  await invites(thief, invited('gang@evil.example', { role: 'administrator' }));
  expect([thief.page.status, thief.page.h1]).toEqual([403, '本人確認']);
  for (const path of [
    `/accounts/${member.id}`,
    `/accounts/${member.id}/second-factor`,
    `/accounts/${member.id}/suspension`,
    '/accounts/deletion',
    '/accounts/invitations/import/confirmation',
  ]) {
    const { status, text } = await thief.sends('POST', path, { fields: { accountId: member.id } });
    expect([path, status, text.includes('本人確認')]).toEqual([path, 403, true]);
  }
});

it('is given once for all of it within five minutes', async () => {
  const { person, app } = await signedInBy(byApp);
  await invites(person, invited('hayashi@sakura.example'));
  person.fills('確認コード', await app.nextCode());
  await person.presses('操作を続ける');
  await running.mailbox.mailTo('hayashi@sakura.example');
  await invites(person, invited('mori@sakura.example'));
  await running.mailbox.mailTo('mori@sakura.example');
  await running.clock.advance('5 minutes');
  await invites(person, invited('ono@sakura.example'));
  expect(person.page.h1).toBe('本人確認');
});

it.each(['code', 'currentPassword'])(
  'is asked of a cookie that the session left behind, with an empty %s too',
  async (empty) => {
    const { person, app, member } = await signedInBy(byApp);
    const thief = running.visitor();
    thief.jar.cookies.set('session', { ...person.jar.cookies.get('session')! });
    await invites(person, invited(`tanabe-${member.loginId}@sakura.example`));
    person.fills('確認コード', await app.nextCode());
    await person.presses('操作を続ける');
    const gang = `gang-${member.loginId}@evil.example`;
    const { name, nameKana } = invited(gang);
    const fields = { name, nameKana, email: gang, role: 'administrator', [empty]: '' };
    const { status, text } = await thief.sends('POST', '/accounts/new', { fields });
    expect([status === 303, text.includes('本人確認')]).toEqual([false, true]);
    await running.mailbox.nothingFor(gang);
  },
);

it('is forgotten with a new own password, and former cookies with it', async () => {
  const { person, app, member, codes } = await signedInBy(byApp);
  const thief = running.visitor();
  await invites(person, invited(`noda-${member.loginId}@sakura.example`));
  person.fills('確認コード', await app.nextCode());
  await person.presses('操作を続ける');
  await person.opens('/me/password');
  person.fills('現在のパスワード', member.password);
  person.fills('新パスワード', 'kaede-8453-yama');
  person.fills('パスワード確認', 'kaede-8453-yama');
  thief.jar.cookies.set('session', { ...person.jar.cookies.get('session')! });
  await person.presses('パスワードを変更する');
  await invites(person, invited(`ono-${member.loginId}@sakura.example`));
  expect(person.page.h1).toBe('本人確認');
  const fields = { code: codes[0]!, email: `gang-${member.loginId}@evil.example` };
  const { headers } = await thief.sends('POST', '/accounts/new', { fields });
  expect(headers.location).toContain('/login');
});
