import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation } from '../support/people.js';
import { WRONG } from '../support/proof.js';
import { asks, entersNumbers, finishes, linkTo, NEW_PASSWORD } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';

const SENT = 'パスワード再登録URL発行完了';

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
async function victim() {
  people += 1;
  const given = { corporation: kunugi, loginId: `reader-${people}`, name: '小野 瞳' };
  return running.people.administratorExists(given);
}

let networks = 0;
const elsewhere = () => running.visitor({ address: `10.76.${(networks += 1)}.5` });

/** Strangers of many networks cause all the mails of a day. @returns the newest link */
async function strangersUseUp(email: string): Promise<string> {
  let link = '';
  for (let mails = 0; mails < 12; mails += 1) {
    await asks(elsewhere(), email);
    link = await linkTo(running, email);
  }
  const { rowCount } = await running.pool.query(
    `update limit_counters set used = 40 where key ~ '^mail:day:recovery:[^:]+$'`,
  );
  expect(rowCount).toBe(1);
  await asks(elsewhere(), email);
  await running.mailbox.nothingFor(email);
  return link;
}

describe('where strangers used up the recovery mails of a mailbox', () => {
  it('one more is sent after its reader used the last link up', async () => {
    const { email } = await victim();
    const person = elsewhere();
    await person.opens(await strangersUseUp(email));
    await finishes(person, kunugi);
    await running.mailbox.mailTo(email);
    const other = elsewhere();
    await asks(other, email);
    expect(other.page.h1).toBe(SENT);
    const link = await linkTo(running, email);
    await asks(elsewhere(), email);
    await running.mailbox.nothingFor(email);
    await other.opens(link);
    expect(other.page.status).toBe(200);
  });

  it('one more is sent, and not two, after its reader spoiled the last link', async () => {
    const { email } = await victim();
    const person = elsewhere();
    await person.opens(await strangersUseUp(email));
    for (let tries = 0; tries < 5; tries += 1)
      await entersNumbers(person, { ...kunugi, transferAccounts: [WRONG] });
    await entersNumbers(person, kunugi);
    expect(person.page.status).toBe(429);
    await asks(elsewhere(), email);
    await linkTo(running, email);
    await asks(elsewhere(), email);
    await running.mailbox.nothingFor(email);
  });

  it('people get theirs in the browser and in the network that they signed in with', async () => {
    const { loginId, password, email } = await victim();
    const entered = { loginId, password };
    const person = running.visitor({ address: '10.75.1.5' });
    await signsIn(person, entered);
    await person.sends('POST', '/logout', { fields: {} });
    await strangersUseUp(email);
    for (let mails = 0; mails < 3; mails += 1) {
      await asks(person, email);
      expect(person.page.h1).toBe(SENT);
      await linkTo(running, email);
    }
    await asks(person, email);
    expect(person.page.h1).toBe(SENT);
    await running.mailbox.nothingFor(email);
    const colleague = running.visitor({ address: '10.75.1.9' });
    await asks(colleague, email);
    await colleague.opens(await linkTo(running, email));
    await finishes(colleague, kunugi);
    await signsIn(colleague, { loginId, password: NEW_PASSWORD });
    expect(colleague.page.status).toBe(200);
  });

  it('somebody else’s browser and network get none', async () => {
    const { email } = await victim();
    const other = await victim();
    const thief = running.visitor({ address: '10.75.2.5' });
    await signsIn(thief, { loginId: other.loginId, password: other.password });
    await thief.sends('POST', '/logout', { fields: {} });
    await strangersUseUp(email);
    await asks(thief, email);
    expect(thief.page.h1).toBe(SENT);
    await running.mailbox.nothingFor(email);
  });
});
