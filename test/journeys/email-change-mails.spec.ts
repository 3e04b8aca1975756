import { startApp, type RunningApp } from '../support/app.js';
import { office } from '../support/invitation.js';
import { formsOf } from '../support/mail-forms.js';
import type { Mail } from '../support/mailbox.js';
import { asksForEmail, proves, signedIn, undoes } from '../support/own-account.js';

const HOME = '203.0.113.5';
const PHONE = '198.51.100.7';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

function says(mail: Mail, time: string, address: string | null): void {
  for (const part of formsOf(mail)) {
    expect(part).toContain(`日時：2026年11月22日(日) ${time}（日本時間）`);
    if (address) expect(part).toContain(`接続元のIPアドレス：${address}`);
    else expect(part).not.toContain('接続元');
  }
}

it('the mails about an own change say when and from where each step was taken', async () => {
  const { sato } = await office(running);
  const person = await signedIn(running, sato, { address: HOME });
  await running.mailbox.isReadBy(sato.email);
  const to = 'hanako@new.example';
  await asksForEmail(person, to);
  says(await running.mailbox.mailTo(sato.email), '9時00分', HOME);

  await running.clock.advance('1 hour');
  const reader = running.visitor({ address: PHONE });
  await proves(reader, running.mailbox.linkIn(await running.mailbox.mailTo(to)));
  const changed = await running.mailbox.mailTo(sato.email);
  says(changed, '10時00分', PHONE);

  await running.clock.advance('1 hour');
  await undoes(running.visitor({ address: HOME }), running.mailbox.linkIn(changed));
  says(await running.mailbox.mailTo(sato.email), '11時00分', HOME);
});

it('a mailbox that an administrator moves an account away from reads no address', async () => {
  const { corporation, person } = await office(running);
  person.movesTo(HOME);
  const suzuki = await running.people.staffExists({
    corporation,
    loginId: 'suzuki-1',
    name: '鈴木 一郎',
  });
  await person.opens(`/accounts/${suzuki.id}/email`);
  person.fills('新しいメールアドレス', 'ichiro@new.example');
  await person.presses('確認のメールを送る');
  says(await running.mailbox.mailTo(suzuki.email, '受付'), '9時00分', null);

  const link = running.mailbox.linkIn(await running.mailbox.mailTo('ichiro@new.example'));
  await proves(running.visitor({ address: PHONE }), link);
  const changed = await running.mailbox.mailTo(suzuki.email);
  says(changed, '9時00分', null);

  await undoes(running.visitor({ address: HOME }), running.mailbox.linkIn(changed));
  says(await running.mailbox.mailTo(suzuki.email), '9時00分', HOME);
});
