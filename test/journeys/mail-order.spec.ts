import { setTimeout as wait } from 'node:timers/promises';
import { EntityManager } from '@mikro-orm/postgresql';
import { inTransaction } from '../../src/database/transaction.js';
import { MemberMails } from '../../src/mail/member-mails.js';
import { Mails } from '../../src/mail/mails.js';
import { WaitingMails } from '../../src/mail/waiting-mails.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  // One lane, so that the order in which mails come is theirs.
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

const addressee = (name: string) =>
  ({
    email: `${name}@example.jp`,
    name: '佐藤 花子',
    corporationName: '株式会社さくら',
    language: 'ja',
  }) as const;

/** An administrator ended the sign-ins of these people. */
async function notices(...names: string[]): Promise<void> {
  const mails = running.app.get(MemberMails);
  for (const name of names)
    await inTransaction(running.app.get(EntityManager), () =>
      mails.sessionsEnded(addressee(name), { by: '鈴木' }),
    );
}

const recipients = (from: number) =>
  running.mailbox
    .all()
    .slice(from)
    .map(({ to }) => to);

describe('mails that wait', () => {
  it('go out as soon as people wait for them: codes, then notices, then reminders', async () => {
    const sato = await running.people.administratorExists({
      corporation: await running.people.corporationExists({
        corporateNumber: '8801',
        name: '株式会社さくら',
      }),
      loginId: 'sato-order',
      name: '佐藤 花子',
    });
    await running.mailbox.goesDown();
    await inTransaction(running.app.get(EntityManager), () =>
      running.app.get(MemberMails).reviewReminder(addressee('reminded')),
    );
    await notices('first', 'second');
    const visitor = running.visitor();
    await visitor.opens('/password-reset');
    visitor.fills('メールアドレス', sato.email);
    await visitor.presses('送信');
    await running.mailbox.everythingIsSent();
    await running.mailbox.comesBack();
    await running.app.get(WaitingMails).retryNow();
    await running.mailbox.everythingIsSent();
    expect(recipients(0)).toEqual([
      sato.email,
      'first@example.jp',
      'second@example.jp',
      'reminded@example.jp',
    ]);
  });
});

describe('a relay that denies itself', () => {
  it('lets all mails wait, and they go out in their order when it is repaired', async () => {
    const from = running.mailbox.all().length;
    running.mailbox.behaves('denies-relay');
    const names = ['fifth', 'sixth', 'seventh', 'eighth'];
    await notices(...names);
    await running.mailbox.everythingIsSent();
    const { rows } = await running.pool.query<{ state: string; server_answer: string | null }>(
      `select distinct state, server_answer from mail_deliveries
       where recipient like '%th@example.jp'`,
    );
    expect(rows).toContainEqual({
      state: 'deferred',
      server_answer: expect.stringMatching(/^554.*Relay access denied/),
    });
    expect(rows.map(({ state }) => state)).not.toContain('bounced');
    running.mailbox.behaves('works');
    await running.app.get(WaitingMails).retryNow();
    await running.mailbox.everythingIsSent();
    expect(recipients(from)).toEqual(names.map((name) => `${name}@example.jp`));
  });
});

describe('genkan mail retry --bounced', () => {
  it('sends what was refused since then once more', async () => {
    running.mailbox.behaves(550);
    await notices('before', 'after');
    await running.mailbox.everythingIsSent();
    await running.pool.query(
      `update mail_deliveries set finished_at = '2020-01-01T08:59:59+09:00'
       where recipient = 'before@example.jp'`,
    );
    running.mailbox.behaves('works');
    const since = ['--since', '2020-01-01T09:00+09:00'];
    const { out, err } = await operator.types('mail', 'retry', '--bounced', ...since);
    expect({ out, err }).toEqual({
      out: '1 mails that were refused are tried again now.\n',
      err: '',
    });
    await running.mailbox.mailTo('after@example.jp');
    await running.mailbox.nothingFor('before@example.jp');
  });

  it.each(['yesterday', '2026-13-01T00:00Z'])('is wrong usage with the time %s', async (since) => {
    const { exitCode, err } = await operator.types('mail', 'retry', '--since', since);
    expect(exitCode).toBe(2);
    expect(err).toContain('It is no day (2026-11-01) and no moment');
  });
});

/** People to whom something is sent that they wait for. */
async function codes(...addresses: string[]): Promise<void> {
  for (const address of addresses)
    await inTransaction(running.app.get(EntityManager), () => running.app.get(Mails).test(address));
}

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
    await codes(...refused);
    await notices('uehara');
    await codes(...taken);
    for (const address of taken) await running.mailbox.mailTo(address);
    await running.mailbox.mailTo('uehara@example.jp');
    expect(recipients(from)).toEqual([...taken, 'uehara@example.jp']);
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
    await codes('poison@example.jp', 'mori@example.jp', 'hara@example.jp');
    await running.mailbox.mailTo('mori@example.jp');
    await running.mailbox.mailTo('hara@example.jp');
    await stateBecomes('poison@example.jp', 'deferred');
  });
});

async function stateBecomes(email: string, state: string): Promise<void> {
  const text = 'select from mail_deliveries where recipient = $1 and state = $2';
  while ((await running.pool.query(text, [email, state])).rowCount === 0) await wait(20);
}

describe('the database`s clock was set back', () => {
  it('mails go out all the same, and those that wait alone at once by genkan mail retry', async () => {
    await running.mailbox.goesDown();
    await codes('fresh@example.jp', 'held@example.jp', 'alone@example.jp');
    await running.mailbox.everythingIsSent();
    await running.pool.query(
      `update mail_deliveries set next_attempt_at = now() + interval '2 hours',
         created_at = now() + interval '2 hours',
         in_hand = recipient like 'held%',
         state = case when recipient like 'alone%' then 'deferred' else 'queued' end
       where recipient in ('fresh@example.jp', 'held@example.jp', 'alone@example.jp')`,
    );
    await running.mailbox.comesBack();
    const { out } = await operator.types('mail', 'retry');
    expect(out).toMatch(/^3 waiting mails are tried again now\.\n$/);
    for (const name of ['fresh', 'held', 'alone'])
      await running.mailbox.mailTo(`${name}@example.jp`);
  });
});

describe('mails', () => {
  it('go on behind one that the server does not want', async () => {
    const from = running.mailbox.all().length;
    running.mailbox.refuses('unwanted@example.jp', 554);
    await notices('unwanted', 'third', 'fourth');
    await running.mailbox.mailTo('fourth@example.jp');
    expect(recipients(from)).toEqual(['third@example.jp', 'fourth@example.jp']);
  });
});
