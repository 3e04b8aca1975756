import { startApp, type RunningApp } from '../../support/app.js';
import { signsIn } from '../../support/registration.js';
import { leftBehind, takesOverAndSignsIn } from '../../support/succession.js';

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

it('an administrator of before says nothing of objecting', async () => {
  const { corporation, sato } = await leftBehind(running);
  const given = { corporation, loginId: `old-${sato.loginId}`, name: '田中 健' };
  const tanaka = await running.people.administratorExists(given);
  const person = running.visitor();
  await signsIn(person, sato);
  await signsIn(running.visitor(), tanaka);
  await person.opens(`/accounts/${tanaka.id}`);
  await person.presses('すべての端末からログアウトさせる');
  const mail = await running.mailbox.mailTo(tanaka.email);
  expect(mail.text).not.toContain('objection');
  expect(mail.text).toContain('貴社の管理者または担当窓口までご連絡ください。');
  // Where nothing is open any more, the mailbox is not filled.
  await person.presses('すべての端末からログアウトさせる');
  await running.mailbox.nothingFor(tanaka.email);
});
