import { startApp, type RunningApp } from '../support/app.js';
import { invitationTo, invited, invites, office } from '../support/invitation.js';
import { isUsed } from '../support/proof.js';
import type { Corporation } from '../support/people.js';
import { asks, linkTo } from '../support/recovery.js';
import { applicant, registers } from '../support/registration.js';
import { applies, leftBehind } from '../support/succession.js';

const MAILBOX = 'このメールアドレスへメールを送信できる回数（1時間に3回、1日に10回）を超えました。';
const NETWORK = 'お使いのネットワークからメールを送信できる回数（1時間に20回）を超えました。';
const FULL = 'このメールアドレスへは多くのメールをお送りしたため、今はお送りできません。';

let running: RunningApp;
let kunugi: Corporation;
beforeAll(async () => {
  running = await startApp();
  const given = { corporateNumber: '6006006', name: 'くぬぎ株式会社' };
  kunugi = await running.people.corporationExists(given);
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterAll(() => running.stop());

let people = 0;

/** A person who is the target of strangers. */
async function victim() {
  people += 1;
  const given = { corporation: kunugi, loginId: `victim-${people}`, name: '小野 瞳' };
  return running.people.administratorExists(given);
}

/** All of one network. */
let neighbours = 0;
const neighbour = () => running.visitor({ address: `10.88.0.${(neighbours += 1)}` });

let networks = 0;
/** Each from another network. */
const elsewhere = () => running.visitor({ address: `10.77.${(networks += 1)}.5` });

describe('a mail that is not sent', () => {
  it('says so where one network caused too many for the mailbox, and others go on', async () => {
    const momiji = await running.people.corporationExists({
      corporateNumber: '6006007',
      name: 'もみじ株式会社',
    });
    const entered = applicant('kunugi.one');
    for (let mails = 0; mails < 3; mails += 1) await registers(neighbour(), momiji, entered);
    const person = neighbour();
    await registers(person, momiji, entered);
    expect(person.page.status).toBe(429);
    expect(person.page.text).toContain(MAILBOX);
    const other = elsewhere();
    await registers(other, momiji, entered);
    expect(other.page.h1).toBe('新規登録受付完了');
  });

  it('says so where the network of the reader caused too many, whatever the mailbox', async () => {
    const sumire = await running.people.corporationExists({
      corporateNumber: '6006008',
      name: 'すみれ株式会社',
    });
    const address = '198.51.100.77';
    const before = running.visitor({ address });
    await registers(before, sumire, applicant('kunugi.two'));
    await isUsed(running, 20, `mail:client:${address}`);
    const person = running.visitor({ address });
    await registers(person, sumire, applicant('kunugi.three'));
    expect(person.page.status).toBe(429);
    expect(person.page.text).toContain(NETWORK);
    await running.mailbox.nothingFor('kunugi.three@example.jp');

    await running.clock.advance('4 minutes');
    await before.presses('メールを再送する');
    expect(before.page.notice).toContain(NETWORK);
    const other = running.visitor({ address: '198.51.100.78' });
    await registers(other, sumire, applicant('kunugi.three'));
    await running.mailbox.mailTo('kunugi.three@example.jp');
  });
});

describe('strangers who name a mailbox', () => {
  it('in applications use up neither its recoveries nor its invitations', async () => {
    const { email } = await victim();
    const { corporation } = await leftBehind(running);
    for (const loginId of ['thief-one', 'thief-two', 'thief-three'])
      await applies(neighbour(), corporation, applicant(loginId, { email }));
    const thief = neighbour();
    await applies(thief, corporation, applicant('thief-four', { email }));
    expect(thief.page.status).toBe(429);
    for (let mails = 0; mails < 3; mails += 1) await running.mailbox.mailTo(email);
    await asks(neighbour(), email);
    expect((await running.mailbox.mailTo(email)).subject).toContain('パスワード再登録のご案内');
    const { person } = await office(running);
    await invites(person, invited(email));
    await invitationTo(running, email);
  });

  it('from their networks leave the mails that the person asks for from another one', async () => {
    const { email } = await victim();
    for (let mails = 0; mails < 3; mails += 1) {
      await asks(neighbour(), email);
      await running.mailbox.mailTo(email);
    }
    await asks(neighbour(), email);
    await running.mailbox.nothingFor(email);
    const person = elsewhere();
    await asks(person, email);
    await person.opens(await linkTo(running, email));
    expect(person.page.status).toBe(200);
    await asks(person, email);
    await running.mailbox.mailTo(email);
  });

  it('in many registrations leave the recovery, and a mail for the newest few', async () => {
    const { id, email } = await victim();
    await running.pool.query(
      `insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
                             email, email_key, password_hash, created_at)
       select corporation_id, 'administrator', 'registered', 'squat-' || n, 'squat-' || n, name,
              name_kana, email, email_key, 'x', created_at - interval '1 hour'
       from accounts, generate_series(1, 25) n where id = $1`,
      [id],
    );
    await running.pool.query(
      `insert into enrollments (case_number, kind, state, corporation_id, account_id,
                                corporate_number, applicant, address)
       select login_id, 'succession', 'awaiting-activation', corporation_id, id, '1', name, '192.0.2.1'
       from accounts where login_id like 'squat-%'`,
    );
    await asks(elsewhere(), email);
    await running.mailbox.everythingIsSent();
    const subjects = running.mailbox.unread(email).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject.includes('再登録のご案内'))).toHaveLength(1);
    expect(subjects).toHaveLength(4);
  });

  it('do not decide when a mail may be sent once more', async () => {
    const { email } = await victim();
    const person = elsewhere();
    await asks(person, email);
    await running.mailbox.mailTo(email);
    await running.clock.advance('3 minutes');
    await asks(elsewhere(), email);
    await running.mailbox.mailTo(email);
    await person.presses('メールを再送する');
    await running.mailbox.mailTo(email);
  });

  it('from many networks cause twelve recoveries an hour, and the newest link works', async () => {
    const { email } = await victim();
    let link = '';
    for (let mails = 0; mails < 12; mails += 1) {
      await asks(elsewhere(), email);
      link = await linkTo(running, email);
    }
    const person = elsewhere();
    await asks(person, email);
    expect(person.page.h1).toBe('パスワード再登録URL発行完了');
    await running.mailbox.nothingFor(email);
    await running.clock.advance('3 minutes');
    await person.presses('メールを再送する');
    expect(person.page.notice).toContain(FULL);
    await person.opens(link);
    expect(person.page.status).toBe(200);
    await running.clock.advance('57 minutes');
    await running.pool.query(
      `update limit_counters set used = 40 where key ~ '^mail:day:recovery:[^:]+$'`,
    );
    await asks(elsewhere(), email);
    await running.mailbox.nothingFor(email);
    await running.clock.advance('23 hours');
    await asks(person, email);
    await running.mailbox.mailTo(email);
  });
});
