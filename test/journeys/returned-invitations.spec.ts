import { startApp, type RunningApp } from '../support/app.js';
import { invited, invites, office } from '../support/invitation.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it.each<[string, string, string, string]>([
  [
    'ishii@docomo.ne.jp',
    '5.1.1 User unknown',
    'ご本人が「ドメイン指定受信」などで',
    '携帯電話会社のアドレスに招待のメールが届いていない方が1名います。',
  ],
  [
    'ishii@full.example',
    '5.2.2 Mailbox full',
    'ご本人が不要なメールを削除してから、再送してください。',
    'メールボックスがいっぱいで、招待のメールが届いていない方が1名います。',
  ],
  [
    'ishii@dead.example',
    '5.1.1 User unknown',
    '正しいメールアドレスで招待し直してください。',
    '宛先が見つからず、招待のメールが届いていない方が1名います。',
  ],
])('an administrator reads what helps with %s', async (email, answer, advice, task) => {
  const { person } = await office(running);
  running.mailbox.refuses(email, 550, answer);
  await invites(person, invited(email));
  await running.mailbox.nothingFor(email);
  await running.mailbox.everythingIsSent();
  await person.opens('/accounts/invitations');
  expect(person.page.text).toContain(advice);
  await person.opens('/');
  expect(person.page.text).toContain(task);
});
