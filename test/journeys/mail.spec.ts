import { CleanUp } from '../../src/jobs/clean-up.js';
import { WaitingMails } from '../../src/mail/waiting-mails.js';
import { startApp, type RunningApp } from '../support/app.js';
import {
  applicant,
  entersDetails,
  entersNumbers,
  type Applicant,
} from '../support/registration.js';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
afterEach(async () => {
  running.mailbox.behaves('works');
  await waiting().retryNow();
  await running.clock.reset();
});

/** Somebody who is about to press 登録. */
async function aboutToRegister(entered: Applicant) {
  companies += 1;
  const corporateNumber = `80${companies}`;
  const person = running.visitor();
  await entersNumbers(
    person,
    await running.people.corporationExists({ corporateNumber, name: '株式会社さくら' }),
  );
  await entersDetails(person, entered);
  return person;
}

async function registered(entered: Applicant) {
  const person = await aboutToRegister(entered);
  await person.presses('登録');
  expect(person.page.h1).toBe('新規登録受付完了');
  return person;
}

async function deliveryTo(email: string) {
  const { rows } = await running.pool.query<Record<string, unknown>>(
    'select * from mail_deliveries where recipient = $1',
    [email],
  );
  return rows[0];
}

/** Waits until the try that is due has ended, and says how. */
async function stateOf({ email }: Applicant) {
  await running.mailbox.everythingIsSent();
  const { state, server_answer, sealed_message } = (await deliveryTo(email))!;
  return { state, said: server_answer, isSealed: sealed_message !== null };
}

const waiting = () => running.app.get(WaitingMails);

describe('a mail server', () => {
  it('that is down does not stop a registration; the mail goes out once when it is back', async () => {
    const sato = applicant('sato.down');
    await running.mailbox.goesDown();
    await registered(sato);
    expect(await stateOf(sato)).toMatchObject({ state: 'queued', isSealed: true });

    await running.mailbox.comesBack();
    await waiting().retryNow();
    const mail = await running.mailbox.mailTo(sato.email);
    expect((await running.visitor().opens(running.mailbox.linkIn(mail))).status).toBe(200);
    await waiting().retryNow();
    await running.mailbox.nothingFor(sato.email);
    expect(await stateOf(sato)).toMatchObject({ state: 'handed-over', isSealed: false });
  });

  it('that says 4xx puts the mail off, and its words are kept', async () => {
    const sato = applicant('sato.later');
    running.mailbox.behaves(451);
    await registered(sato);
    expect(await stateOf(sato)).toEqual({
      state: 'deferred',
      said: expect.stringMatching(/^451.*Not now/),
      isSealed: true,
    });
    running.mailbox.behaves('works');
    await waiting().retryNow();
    await running.mailbox.mailTo(sato.email);
    expect(await stateOf(sato)).toMatchObject({ state: 'handed-over', isSealed: false });
  });

  it('that refuses an address for good ends it; the content is kept for 48 hours', async () => {
    const sato = applicant('sato.never');
    running.mailbox.behaves(550);
    await registered(sato);
    const refused = { state: 'bounced', said: expect.stringMatching(/^550.*Not now/) };
    expect(await stateOf(sato)).toEqual({ ...refused, isSealed: true });
    running.mailbox.behaves('works');
    await waiting().retryNow();
    await running.mailbox.nothingFor(sato.email);
    await running.clock.advance('47 hours');
    await running.app.get(CleanUp).run();
    expect(await stateOf(sato)).toMatchObject({ isSealed: true });
    await running.clock.advance('1 hour 1 second');
    await running.app.get(CleanUp).run();
    expect(await stateOf(sato)).toEqual({ ...refused, isSealed: false });
  });

  it('that takes a mail and loses the answer sees the second try under the same name', async () => {
    const sato = applicant('sato.twice');
    running.mailbox.behaves('loses-answers');
    await registered(sato);
    const first = await running.mailbox.mailTo(sato.email);
    expect(await stateOf(sato)).toMatchObject({ state: 'queued' });
    running.mailbox.behaves('works');
    await waiting().retryNow();
    const second = await running.mailbox.mailTo(sato.email);
    const { id } = (await deliveryTo(sato.email))!;
    expect([first.messageId, second.messageId]).toEqual(Array(2).fill(`<${String(id)}@localhost>`));
    expect(second.text).toBe(first.text);
  });

  it('is not asked any more after 48 hours', async () => {
    const sato = applicant('sato.givenup');
    running.mailbox.behaves(451);
    await registered(sato);
    expect(await stateOf(sato)).toMatchObject({ state: 'deferred' });
    await running.clock.advance('48 hours 1 second');
    await waiting().retryNow();
    while ((await stateOf(sato)).state === 'deferred');
    expect(await stateOf(sato)).toMatchObject({ state: 'bounced', isSealed: true });
  });
});

describe('a mail', () => {
  it('whose process was killed in the middle of the try is picked up, once', async () => {
    const sato = applicant('sato.killed');
    await running.mailbox.goesDown();
    await registered(sato);
    await running.mailbox.everythingIsSent();
    await running.mailbox.comesBack();
    await leftByAKilledProcess(sato, "now() + interval '40 seconds'");
    await waiting().retryNow();
    expect(running.mailbox.unread(sato.email)).toEqual([]);
    await leftByAKilledProcess(sato, 'now()');
    await running.mailbox.mailTo(sato.email);
    await running.mailbox.nothingFor(sato.email);
  });

  it('is not queued when the registration could not be committed', async () => {
    const sato = applicant('sato.rollback');
    const person = await aboutToRegister(sato);
    const flow = person.page.url.searchParams.get('flow');
    await refuseAtCommit('enrollments');
    await person.presses('登録');
    expect(person.page.status).toBe(500);
    expect(await traces(sato)).toEqual({ accounts: 0, mails: 0, jobs: 0 });
    await running.pool.query('drop function refuse_commit cascade');
    await person.opens(`/initiate/confirmation?flow=${flow}`);
    await person.presses('登録');
    expect(person.page.h1).toBe('新規登録受付完了');
    await running.mailbox.mailTo(sato.email);
    await running.mailbox.nothingFor(sato.email);
  });

  it('is not queued, and nobody registered, when the log could not be written', async () => {
    const sato = applicant('sato.unlogged');
    const person = await aboutToRegister(sato);
    await refuseAtCommit('audit_entries');
    await person.presses('登録');
    await running.pool.query('drop function refuse_commit cascade');
    expect(person.page.status).toBe(500);
    expect(await traces(sato)).toEqual({ accounts: 0, mails: 0, jobs: 0 });
    await running.mailbox.nothingFor(sato.email);
  });
});

async function traces({ loginId, email }: Applicant) {
  const { rows } = await running.pool.query(
    `select (select count(*)::int from accounts where login_id = $1) as accounts,
            (select count(*)::int from mail_deliveries where recipient = $2) as mails,
            (select count(*)::int from graphile_worker.jobs) as jobs`,
    [loginId, email],
  );
  return rows[0] as object;
}

async function leftByAKilledProcess({ email }: Applicant, dueAt: string): Promise<void> {
  await running.pool.query(
    `update mail_deliveries set in_hand = true, next_attempt_at = ${dueAt} where recipient = $1`,
    [email],
  );
}

async function refuseAtCommit(table: string): Promise<void> {
  await running.pool.query(`create function refuse_commit() returns trigger language plpgsql
                            as $$ begin raise exception 'the disk is full'; end $$`);
  await running.pool.query(`create constraint trigger refuse after insert on ${table}
                            deferrable initially deferred
                            for each row execute function refuse_commit()`);
}
