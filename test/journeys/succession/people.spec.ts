import { startApp, type RunningApp } from '../../support/app.js';
import { invitationTo, invited, invites } from '../../support/invitation.js';
import { signsIn } from '../../support/registration.js';
import { leftBehind, takesOverAndSignsIn } from '../../support/succession.js';

const STAFF = '担当者（ご自分の情報だけを変更できます）';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** 鈴木 took over today; 佐藤 is still there and has read the mail about it. */
async function tookOver() {
  const left = await leftBehind(running, 1);
  const suzuki = await takesOverAndSignsIn(running, left);
  await running.mailbox.mailTo(left.sato.email);
  return { ...left, newcomer: suzuki };
}

it('a newcomer is asked on the TOP page to look for unneeded accounts', async () => {
  const { newcomer } = await tookOver();
  await newcomer.opens('/');
  const task = newcomer.page.root
    .querySelectorAll('.gk-tasks a')
    .find((link) => link.getAttribute('href') === '/accounts/handover');
  expect(task?.structuredText).toContain('不要になったアカウントがないか');
  await newcomer.opens('/accounts/handover');
  expect(newcomer.page.text).toContain('佐藤 花子');
});

it.each([
  ['demotes', '権限変更のお知らせ'],
  ['signs out', 'ログイン終了のお知らせ'],
])('whom a newcomer %s reads how to object', async (what, subject) => {
  const { newcomer, sato } = await tookOver();
  await signsIn(running.visitor(), sato);
  await newcomer.opens(`/accounts/${sato.id}`);
  if (what === 'demotes') {
    newcomer.checks(STAFF);
    await newcomer.presses('変更を保存する');
  } else await newcomer.presses('すべての端末でのログインを終了する');
  const mail = await running.mailbox.mailTo(sato.email);
  expect(mail.subject).toBe(`[法人WEBシステム] ${subject}`);
  const link = running.mailbox.linkIn(mail);
  expect(link).toContain(`${running.url}/admin-enrollment/objection/`);
  expect(mail.html).toContain(link);
  const person = running.visitor();
  await person.opens(link);
  expect(person.page.status).toBe(200);
});

it('an invitation of a newcomer is void as soon as somebody objects', async () => {
  const { newcomer, sato } = await tookOver();
  const email = `accomplice-${sato.loginId}@example.jp`;
  await invites(newcomer, invited(email, { role: 'administrator' }));
  const link = await invitationTo(running, email);
  await signsIn(running.visitor(), sato);
  await newcomer.opens(`/accounts/${sato.id}`);
  await newcomer.presses('すべての端末でのログインを終了する');
  const objection = running.mailbox.linkIn(await running.mailbox.mailTo(sato.email));
  const person = running.visitor();
  await person.opens(objection);
  await person.presses(person.page.root.querySelector('main form button')!.structuredText.trim());

  const accomplice = running.visitor();
  expect((await accomplice.opens(link)).status).toBe(410);
  expect(accomplice.page.h1).toBe('この招待はご利用いただけません');
  await newcomer.opens('/accounts');
  expect(newcomer.page.path).toMatch(/^\/login/);
});

it('an administrator of before says nothing of objecting', async () => {
  const { corporation, sato } = await leftBehind(running);
  const given = { corporation, loginId: `old-${sato.loginId}`, name: '田中 健' };
  const tanaka = await running.people.administratorExists(given);
  const person = running.visitor();
  await signsIn(person, sato);
  await signsIn(running.visitor(), tanaka);
  await person.opens(`/accounts/${tanaka.id}`);
  await person.presses('すべての端末でのログインを終了する');
  const mail = await running.mailbox.mailTo(tanaka.email);
  expect(mail.text).not.toContain('objection');
  expect(mail.text).toContain('会社の管理者の方か担当窓口までご連絡ください。');
  // Where nothing is open any more, the mailbox is not filled.
  await person.presses('すべての端末でのログインを終了する');
  await running.mailbox.nothingFor(tanaka.email);
});
