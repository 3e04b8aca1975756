import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { grant } from '../../support/desk-people.js';
import { applicant, signsIn } from '../../support/registration.js';
import { isReviewed, leftBehind, objects, takesOver } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('an application that waits tells the billing contact of the day when it begins', async () => {
  const left = await leftBehind(running);
  const [former, current] = ['former', 'current'].map(
    (name) => `${name}-${left.sato.loginId}@billing.example`,
  ) as [string, string];
  const invoicesGoTo = (email: string) =>
    running.pool.query('update corporations set billing_email = $2 where id = $1', [
      left.corporation.id,
      email,
    ]);
  await invoicesGoTo(former);
  const second = applicant(`takahashi-${left.sato.loginId}`, { name: '高橋 次郎' });
  await takesOver(running, left);
  const person = running.visitor();
  await grant(new Operator(running), await isReviewed(running, person, left.corporation, second));
  expect((await running.mailbox.mailTo(second.email)).subject).toContain('受け付けました');
  await running.mailbox.everythingIsSent();
  const toFormer = () => running.mailbox.all().filter(({ to }) => to === former);
  const before = toFormer();
  await invoicesGoTo(current);
  const sato = running.visitor();
  await signsIn(sato, left.sato);
  await sato.opens('/admin-enrollment/cases');
  await sato.follows('鈴木 一郎');
  await sato.follows('承認へ進む');
  await sato.presses('承認する');
  const again = await running.mailbox.mailTo(second.email);
  await person.opens(running.mailbox.linkIn(again));
  await person.presses('登録を完了する');
  const told = await running.mailbox.mailTo(current);
  expect(told.text).toContain('高橋 次郎 様');
  await objects(running.visitor(), /^\S+\/objection\/\S+$/m.exec(told.text)![0]);
  const { rows } = await running.pool.query<{ state: string }>(
    'select state from enrollments where corporation_id = $1 order by state',
    [left.corporation.id],
  );
  expect(rows.map(({ state }) => state)).toEqual(['approved', 'objected']);
  await running.mailbox.everythingIsSent();
  const ofSecond = toFormer().slice(before.length);
  expect(ofSecond.filter(({ text }) => text.includes('高橋'))).toEqual([]);
  for (const { text } of before) {
    const link = text.includes('高橋') && /^\S+\/objection\/\S+$/m.exec(text);
    if (link) expect((await running.visitor().opens(link[0])).status).toBe(410);
  }
});
