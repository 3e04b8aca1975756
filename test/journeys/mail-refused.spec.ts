import { WaitingMails } from '../../src/mail/waiting-mails.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { codes, notices, recipients, stateBecomes } from '../support/queued-mails.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp({ mailConcurrency: 1 });
  operator = new Operator(running);
});
afterAll(() => running.stop());
afterEach(async () => {
  await running.pool.query(
    `update mail_deliveries set state = 'suppressed', in_hand = false where state in ('queued', 'deferred')`,
  );
  await running.app.get(WaitingMails).retryNow();
});

describe('a server that refuses recipients by a rule of its own', () => {
  const DOMAINS = 8;
  const refused = Array.from({ length: 20 }, (_, n) => `person${n}@refused${n % DOMAINS}.example`);
  const taken = ['yamada@example.jp', 'ito@example.jp', 'kato@example.jp'];

  it.each([
    [550, '5.4.1 Recipient address rejected: Access denied'],
    [451, '4.7.1 Greylisted'],
    [554, '5.7.1 Recipient address rejected'],
    [421, '4.7.0 Too many connections'],
  ])('holds no others back: %d %s', async (code, words) => {
    const from = running.mailbox.all().length;
    for (const address of refused) running.mailbox.refuses(address, code, words);
    await codes(running, ...refused);
    await notices(running, 'uehara');
    await codes(running, ...taken);
    for (const address of taken) await running.mailbox.mailTo(address);
    await running.mailbox.mailTo('uehara@example.jp');
    expect(recipients(running, from)).toEqual([...taken, 'uehara@example.jp']);
    const { rows } = await running.pool.query(
      `select state, count(*)::int from mail_deliveries
       where recipient like '%@refused%' and state <> 'suppressed' group by state`,
    );
    expect(rows).toEqual([{ state: 'deferred', count: refused.length }]);
  });
});

describe('a mail that ends the connection', () => {
  it('holds no others back, and waits alone', async () => {
    running.mailbox.refuses('poison@example.jp', 'hangs-up');
    await codes(running, 'poison@example.jp', 'mori@example.jp', 'hara@example.jp');
    await running.mailbox.mailTo('mori@example.jp');
    await running.mailbox.mailTo('hara@example.jp');
    await stateBecomes(running, 'poison@example.jp', 'deferred');
  });
});

describe('the database`s clock was set back', () => {
  it('mails go out all the same, and those that wait alone at once by genkan mail retry', async () => {
    await running.mailbox.goesDown();
    await codes(running, 'fresh@example.jp', 'held@example.jp', 'alone@example.jp');
    await running.mailbox.everythingIsSent();
    await running.pool.query(
      `update mail_deliveries set next_attempt_at = now() + interval '2 hours',
         created_at = now() + interval '2 hours',
         in_hand = recipient like 'held%',
         state = case when recipient like 'alone%' then 'deferred' else 'queued' end
       where recipient in ('fresh@example.jp', 'held@example.jp', 'alone@example.jp')`,
    );
    await running.mailbox.comesBack();
    // It counts those that did not go out by themselves in the meantime.
    const { out } = await operator.types('mail', 'retry');
    expect(out).toMatch(/^[0-3] waiting mails? .* tried again now\.\n$/);
    for (const name of ['fresh', 'held', 'alone'])
      await running.mailbox.mailTo(`${name}@example.jp`);
  });
});

describe('mails', () => {
  it('go on behind one that the server does not want', async () => {
    const from = running.mailbox.all().length;
    running.mailbox.refuses('unwanted@example.jp', 554);
    await notices(running, 'unwanted', 'third', 'fourth');
    await running.mailbox.mailTo('fourth@example.jp');
    expect(recipients(running, from)).toEqual(['third@example.jp', 'fourth@example.jp']);
  });
});
