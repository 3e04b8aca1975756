import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import {
  appliesByMail,
  failsByMail,
  guessedAt,
  guesses,
  isUsed,
  neutral,
  provesBehind,
} from '../support/proof.js';
import { applicant, entersNumbers } from '../support/registration.js';
import { applies, leftBehind, takesOver } from '../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
/** Each story begins on a day of its own, so that the alarm of the whole service stays silent. */
beforeEach(() => running.clock.advance('1 day'));

const masked = ({ html, facts }: Visitor['page']) =>
  neutral(html, facts.受付番号!).replaceAll(/\s+/g, ' ');

describe('comparisons by mail', () => {
  it('are ten a day for all strangers at a company, and then people decide', async () => {
    const corporation = await guessedAt(running, 'seikyu@keyaki-billing.example');
    for (let times = 1; times <= 10; times += 1)
      expect(
        (await failsByMail(running, corporation, `a@stranger-${times}.example`)).page.status,
      ).toBe(422);
    await running.mailbox.nothingFor('seikyu@keyaki-billing.example');
    const person = running.visitor();
    const link = await appliesByMail(running, corporation, applicant('right.desk'));
    await provesBehind(link, person);
    expect(person.page.h1).toBe('登録のお申し込みを受け付けました');
    expect(person.page.status).toBe(200);
    expect(person.page.facts.受付番号).toMatch(/^\w{4}-\w{4}$/);
    expect(person.page.text).not.toContain(corporation.name);
    const another = await failsByMail(running, corporation, 'a@stranger-11.example');
    expect(masked(another.page)).toBe(masked(person.page));
    const told = await running.mailbox.mailTo('seikyu@keyaki-billing.example');
    expect(told.text).toContain(corporation.name);
    expect(told.text).not.toMatch(/0012345|7654321/);
    await running.mailbox.nothingFor('seikyu@keyaki-billing.example');
  });

  it('of strangers do not use up those of the company’s own mailboxes', async () => {
    const corporation = await guessedAt(running, 'seikyu@own.example');
    await isUsed(running, 10, `proof:mail:others:${corporation.corporateNumber}`);
    const entered = applicant('own.sato', { email: 'sato@own.example' });
    const person = running.visitor();
    await provesBehind(await appliesByMail(running, corporation, entered), person);
    expect(person.page.path).toBe('/login');
  });

  it.each([
    ['the billing contact at a public domain', 'seikyu@public.example', '/login'],
    ['a stranger at that domain', 'stranger@public.example', ''],
  ])('of %s', async (_, email, path) => {
    await running.people.administratorExists({
      corporation: await running.people.corporationExists({
        corporateNumber: `89${email.length}`,
        name: 'べつ株式会社',
      }),
      loginId: `betsu-${email.length}`,
      name: '別所 実',
      email: `betsu-${email.length}@public.example`,
    });
    const corporation = await guessedAt(running, 'seikyu@public.example');
    await isUsed(running, 10, `proof:mail:others:${corporation.corporateNumber}`);
    const person = running.visitor();
    const entered = applicant(`public-${email.length}`, { email });
    await provesBehind(await appliesByMail(running, corporation, entered), person);
    if (path) expect(person.page.path).toBe(path);
    else expect(person.page.h1).toBe('登録のお申し込みを受け付けました');
  });

  it('make no newcomer’s domain the company’s own before the approval', async () => {
    const left = await leftBehind(running);
    const { corporation } = left;
    const email = 'suzuki@newcomer.example';
    await takesOver(running, { ...left, suzuki: { ...left.suzuki, email } });
    await isUsed(running, 10, `proof:company:${corporation.corporateNumber}`);
    await isUsed(running, 10, `proof:mail:others:${corporation.corporateNumber}`);
    const person = running.visitor();
    const next = applicant('newcomer.ito', { email: 'ito@newcomer.example' });
    await applies(person, corporation, next);
    await provesBehind(running.mailbox.linkIn(await running.mailbox.mailTo(next.email)), person);
    expect(person.page.h1).toBe('登録のお申し込みを受け付けました');
  });

  it('are ten a day for the company’s own mailboxes too', async () => {
    const { corporation, sato, suzuki: successor } = await leftBehind(running);
    const suzuki = { ...successor, email: 'suzuki@hinoki.example' };
    await running.pool.query('update accounts set email = $1, email_key = $1 where id = $2', [
      'sato@hinoki.example',
      sato.id,
    ]);
    const number = corporation.corporateNumber;
    await isUsed(running, 10, `proof:company:${number}`);
    await isUsed(running, 10, `proof:mail:own:${number}`);
    const person = running.visitor();
    await applies(person, corporation, suzuki);
    await provesBehind(running.mailbox.linkIn(await running.mailbox.mailTo(suzuki.email)), person);
    expect(person.page.h1).toBe('登録のお申し込みを受け付けました');
  });

  it('are three a day for a mailbox, whichever the company', async () => {
    const email = 'one@mailbox.example';
    for (let times = 1; times <= 3; times += 1)
      expect((await failsByMail(running, await guessedAt(running), email)).page.status).toBe(422);
    await running.clock.advance('61 minutes');
    expect((await failsByMail(running, await guessedAt(running), email)).page.status).toBe(429);
  });
});

it('an alarm of the whole service warns once an hour and refuses nobody', async () => {
  const corporation = await guessedAt(running);
  await isUsed(running, 0, `proof:company:${corporation.corporateNumber}`);
  await isUsed(running, 100, 'proof:failures');
  const alarms = async () =>
    (await running.pool.query(`select from audit_entries where act = 'proof-alarm'`)).rowCount;
  const person = running.visitor();
  await provesBehind(await appliesByMail(running, corporation, applicant('alarm.aaa')), person);
  expect(person.page.path).toBe('/login');
  expect((await guesses(running.visitor(), '8777777')).status).toBe(303);
  expect(await alarms()).toBe(1);
  await running.clock.advance('1 hour');
  await isUsed(running, 100, 'proof:failures');
  await guesses(running.visitor(), '8777777');
  expect(await alarms()).toBe(2);
});

it('the right pairs of one company hide no guesses: they count as one a day', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '8900001',
    name: '株式会社もみじ',
  });
  for (let times = 0; times < 40; times += 1) await entersNumbers(running.visitor(), corporation);
  await isUsed(running, 100, 'proof:failures');
  // Compared on the page, they would be refused there.
  expect((await guesses(running.visitor(), '8777778')).status).toBe(303);
  await running.clock.advance('1 day');
  expect((await guesses(running.visitor(), '8777778')).status).toBe(422);
});

it('leaves neither number whole in the log or in the counters of the day', async () => {
  const person = running.visitor();
  await entersNumbers(person, {
    ...(await guessedAt(running)),
    corporateNumber: '8812345678',
    transferAccounts: ['4455667'],
  });
  const { rows } = await running.pool.query<{ row: string }>(
    'select audit_entries::text as row from audit_entries',
  );
  const log = rows.map(({ row }) => row).join('\n');
  expect(log).toContain('*******678');
  expect(log).not.toContain('8812345678');
  expect(log).not.toContain('4455667');
});
