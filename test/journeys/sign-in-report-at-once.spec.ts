import { startApp, type RunningApp } from '../support/app.js';
import { holdsAccount } from '../support/held-company.js';
import { signedIn } from '../support/own-account.js';
import { sakuraExists } from '../support/second-factor.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('a report of a sign-in waits for a change of its account, and writes to the address of then', async () => {
  const corporation = await sakuraExists(running);
  const given = { corporation, loginId: 'suzuki', name: '鈴木 次郎' };
  const suzuki = await running.people.staffExists(given);
  await signedIn(running, suzuki);
  await signedIn(running, suzuki);
  const reader = running.visitor();
  await reader.opens(running.mailbox.linkIn(await running.mailbox.mailTo(suzuki.email)));
  const held = await holdsAccount(running, suzuki);
  const reporting = reader.presses('すべての端末からログアウトする');
  await held.isWaitedFor(1);
  const change = 'update accounts set email = $1, email_key = $1 where id = $2';
  await held.holder.query(change, ['jiro@new.example', suzuki.id]);
  await held.letsGo();
  await reporting;
  const mail = await running.mailbox.mailTo('jiro@new.example');
  expect(mail.subject).toContain('パスワード再登録のご案内');
});
