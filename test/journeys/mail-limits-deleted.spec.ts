import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation } from '../support/people.js';
import { asks, linkTo } from '../support/recovery.js';
import { applicant, registers, signsIn } from '../support/registration.js';

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
async function administrator() {
  people += 1;
  const given = { corporation: kunugi, loginId: `reader-${people}`, name: '小野 瞳' };
  return running.people.administratorExists(given);
}

let networks = 0;
const elsewhere = () => running.visitor({ address: `10.76.${(networks += 1)}.5` });

/** 小野 and a colleague who deletes and restores. */
async function withColleague() {
  const ono = await administrator();
  const colleague = await administrator();
  const browser = elsewhere();
  await signsIn(browser, colleague);
  return {
    email: ono.email,
    isDeleted: async () => {
      await browser.opens(`/accounts/deletion?accountId=${ono.id}`);
      await browser.presses('削除');
      await running.mailbox.mailTo(ono.email);
    },
    isRestored: async () => {
      await browser.opens(`/accounts/${ono.id}/restoration`);
      await browser.presses('元に戻す');
      await running.mailbox.mailTo(ono.email);
    },
  };
}

/** The row of the mailbox's owner, which everybody who writes to it for the first time needs. */
async function holdOwner(email: string) {
  const client = await running.pool.connect();
  await client.query('begin');
  await client.query('select from accounts where email = $1 for no key update', [email]);
  return {
    isAwaitedBy: async (many: number) => {
      for (let waiting = 0; waiting < many;) {
        const { rows } = await client.query<{ waiting: number }>(
          'select count(distinct pid)::int as waiting from pg_locks where not granted',
        );
        waiting = rows[0]!.waiting;
      }
    },
    letGo: async () => {
      await client.query('rollback');
      client.release();
    },
  };
}

describe('where strangers asked while the account was deleted', () => {
  it('its owner gets a link from anywhere as soon as it is back, and strangers cause no more', async () => {
    const { email, isDeleted, isRestored } = await withColleague();
    await isDeleted();
    for (let asked = 0; asked < 13; asked += 1) await asks(elsewhere(), email);
    await running.mailbox.nothingFor(email);
    await isRestored();
    const person = elsewhere();
    await asks(person, email);
    expect(person.page.h1).toBe('パスワード再登録URL発行完了');
    await person.opens(await linkTo(running, email));
    expect(person.page.status).toBe(200);
    for (let asked = 0; asked < 5; asked += 1) await asks(elsewhere(), email);
    await running.mailbox.nothingFor(email);
  });

  it('many at once cause one mail', async () => {
    const { email, isDeleted, isRestored } = await withColleague();
    await isDeleted();
    for (let asked = 0; asked < 12; asked += 1) await asks(elsewhere(), email);
    await isRestored();
    const owner = await holdOwner(email);
    await Promise.all(Array.from({ length: 8 }, () => asks(elsewhere(), email)));
    await owner.isAwaitedBy(2);
    await owner.letGo();
    await linkTo(running, email);
    await running.mailbox.nothingFor(email);
  });

  it('gets it by asking once more, too', async () => {
    const { email, isDeleted, isRestored } = await withColleague();
    await isDeleted();
    const person = elsewhere();
    for (let asked = 0; asked < 11; asked += 1) await asks(elsewhere(), email);
    await asks(person, email);
    await isRestored();
    await running.clock.advance('4 minutes');
    await person.presses('メールを再送する');
    await linkTo(running, email);
  });

  it('a link from before reads as void, and not as replaced by a mail that nobody wrote', async () => {
    const { email, isDeleted, isRestored } = await withColleague();
    let link = '';
    for (let mails = 0; mails < 12; mails += 1) {
      await asks(elsewhere(), email);
      link = await linkTo(running, email);
    }
    await isDeleted();
    await isRestored();
    const person = elsewhere();
    await person.opens(link);
    expect([person.page.status, person.page.h1]).toEqual([410, 'このURLはご利用いただけません']);
    await person.follows('新しいURLを受け取る');
    await asks(person, email);
    await person.opens(await linkTo(running, email));
    expect(person.page.status).toBe(200);
    await person.opens(link);
    expect([person.page.status, person.page.h1]).toEqual([410, '新しいURLをお送りしています']);
  });
});

it('a mailbox with nothing but an unproved registration gets none beyond the limits', async () => {
  const sumire = await running.people.corporationExists({
    corporateNumber: '6006016',
    name: 'すみれ株式会社',
  });
  const { email, ...entered } = applicant('kunugi.unproved');
  await registers(elsewhere(), sumire, { email, ...entered });
  await running.mailbox.mailTo(email);
  await running.clock.advance('24 hours');
  await asks(elsewhere(), email);
  await running.mailbox.mailTo(email);
  await running.clock.advance('24 hours');
  await running.pool.query(
    `update limit_counters set used = 40, ends_at = genkan_now() + interval '1 day'
     where key ~ '^mail:day:recovery:[^:]+$'`,
  );
  await asks(elsewhere(), email);
  await running.mailbox.nothingFor(email);
});
