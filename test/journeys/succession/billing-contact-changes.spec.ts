import { BillingContacts } from '../../../src/admin-enrollment/cases/billing-contacts.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { leftBehind, objects, takesOver } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const OBJECTION = /^\S+\/objection\/\S+$/m;

it.each(['former', 'current'])('the %s billing contact of a case objects to it', async (who) => {
  const left = await leftBehind(running);
  const { id } = left.corporation;
  const mailboxOf = (name: string) => `${name}-${left.sato.loginId}@billing.example`;
  const invoicesGoTo = (name: string) =>
    running.pool.query('update corporations set billing_email = $2 where id = $1', [
      id,
      mailboxOf(name),
    ]);
  const tells = () => running.app.get(BillingContacts).run();
  await invoicesGoTo('former');
  await takesOver(running, left);
  const former = await running.mailbox.mailTo(mailboxOf('former'));
  await invoicesGoTo('current');
  await tells();
  const current = await running.mailbox.mailTo(mailboxOf('current'));
  expect(current.text).toContain('鈴木 一郎 様');
  await tells();
  const mail = who === 'former' ? former : current;
  await objects(running.visitor(), OBJECTION.exec(mail.text)![0]);
  const { rows } = await running.pool.query(
    'select state from enrollments where corporation_id = $1',
    [id],
  );
  expect(rows).toEqual([{ state: 'objected' }]);
  await running.mailbox.everythingIsSent();
  const told = running.mailbox.all().filter(({ to }) => to === mailboxOf('current'));
  expect(told.filter(({ text }) => OBJECTION.test(text))).toHaveLength(1);
});
