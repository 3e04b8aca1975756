import { WaitingMails } from '../../src/mail/waiting-mails.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation } from '../support/people.js';
import { recipients } from '../support/queued-mails.js';
import { asks } from '../support/recovery.js';

let running: RunningApp;
let nara: Corporation;
beforeAll(async () => {
  // One lane, so that the order in which mails come is theirs.
  running = await startApp({ mailConcurrency: 1 });
  const given = { corporateNumber: '8810', name: '株式会社なら' };
  nara = await running.people.corporationExists(given);
});
afterEach(() => running.pool.query('truncate limit_counters'));
afterAll(() => running.stop());

async function mailboxOf(loginId: string): Promise<string> {
  const given = { corporation: nara, loginId, name: '小野 瞳' };
  return (await running.people.administratorExists(given)).email;
}

async function isAskedFor(email: string, address: string): Promise<void> {
  await running.visitor({ address }).sends('POST', '/password-reset', { fields: { email } });
  await running.mailbox.everythingIsSent();
}

/** @returns the recipients of what comes then, in its order */
async function serverComesBack(): Promise<string[]> {
  const from = running.mailbox.all().length;
  await running.mailbox.comesBack();
  await running.app.get(WaitingMails).retryNow();
  await running.mailbox.everythingIsSent();
  return recipients(running, from);
}

it('mails that people wait for take turns between mailboxes and between those who ask', async () => {
  const [first, second] = [await mailboxOf('flooded-1'), await mailboxOf('flooded-2')];
  const honest = await mailboxOf('honest');
  await running.mailbox.goesDown();
  for (const network of ['10.41.1', '10.41.2', '10.41.3'])
    for (const host of ['5', '6', '7'])
      for (const email of [first, second]) await isAskedFor(email, `${network}.${host}`);
  await isAskedFor(honest, '10.42.0.9');
  // The reader of a flooded mailbox, who asks from where nobody else does.
  await isAskedFor(second, '10.42.1.9');
  const order = await serverComesBack();
  expect(order).toHaveLength(20);
  // Behind the only mail that nothing waited before, and that was asked for earlier.
  expect(order.slice(0, 2)).toEqual([first, honest]);
  const { rows } = await running.pool.query<{ place: string; left: string }>(
    `select count(*) filter (where turn < 9) as place, count(asked_from) as left
     from mail_deliveries where recipient = any($1)`,
    [[first, second]],
  );
  // Before most of what strangers asked for, and no network is kept once the mails are sent.
  expect(Number(rows[0]!.place)).toBeLessThan(9);
  expect(rows[0]!.left).toBe('0');
});

it('a mail that a newer one of the same tab replaced is not sent, another tab’s is', async () => {
  const email = await mailboxOf('asks-again');
  await running.mailbox.goesDown();
  const [reader, neighbour] = [running.visitor(), running.visitor()];
  await asks(reader, email);
  await asks(neighbour, email);
  await running.pool.query('truncate limit_counters');
  await reader.presses('メールを再送する');
  expect(reader.page.status).toBe(200);
  await running.mailbox.everythingIsSent();
  expect(await serverComesBack()).toEqual([email, email]);
  const { rows } = await running.pool.query(
    `select state, sealed_message is null as "isErased" from mail_deliveries
     where recipient = $1 order by created_at`,
    [email],
  );
  expect(rows).toEqual([
    { state: 'superseded', isErased: true },
    { state: 'handed-over', isErased: true },
    { state: 'handed-over', isErased: true },
  ]);
});
