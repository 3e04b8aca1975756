import { EntityManager } from '@mikro-orm/postgresql';
import { inTransaction } from '../../src/database/transaction.js';
import { MemberMails } from '../../src/mail/member-mails.js';
import { WaitingMails } from '../../src/mail/waiting-mails.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { addressee, notices, recipients, stateBecomes } from '../support/queued-mails.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  // One lane, so that the order in which mails come is theirs.
  running = await startApp({ mailConcurrency: 1 });
  operator = new Operator(running);
});
afterAll(() => running.stop());

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
    await notices(running, 'first', 'second');
    const visitor = running.visitor();
    await visitor.opens('/password-reset');
    visitor.fills('メールアドレス', sato.email);
    await visitor.presses('送信');
    await running.mailbox.everythingIsSent();
    await running.mailbox.comesBack();
    await running.app.get(WaitingMails).retryNow();
    await running.mailbox.everythingIsSent();
    expect(recipients(running, 0)).toEqual([
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
    await notices(running, ...names);
    for (const name of names) await stateBecomes(running, `${name}@example.jp`, 'deferred');
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
    await notices(running, 'tenth');
    for (const name of ['tenth', ...names]) await running.mailbox.mailTo(`${name}@example.jp`);
    expect(recipients(running, from)).toEqual(
      ['tenth', ...names].map((name) => `${name}@example.jp`),
    );
  });
});

describe('genkan mail retry --bounced', () => {
  it('sends what was refused since then once more', async () => {
    running.mailbox.behaves(550);
    await notices(running, 'before', 'after');
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
