import { AbandonedRegistrations } from '../../src/admin-enrollment/applications/abandoned-registrations.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import {
  acceptance,
  accepts,
  invitationTo,
  invited,
  invites,
  office,
} from '../support/invitation.js';
import { asks, linkTo } from '../support/recovery.js';
import {
  activates,
  applicant,
  registers,
  signsIn,
  type Applicant,
} from '../support/registration.js';
import { applies, leftBehind } from '../support/succession.js';

/** From where people register who leave the mail alone. */
const HOME = '10.70.1.5';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** The page behind the mail asks for another login ID. */
async function chooses(loginId: string, { email }: Applicant): Promise<Visitor> {
  const person = running.visitor();
  await person.opens(await linkTo(running, email));
  person.fills('ログインID', loginId);
  await person.presses('登録を完了する');
  return person;
}

describe('a login ID that nobody proved', () => {
  let numbers = 2_100_000;
  const company = () =>
    running.people.corporationExists({ corporateNumber: String((numbers += 1)), name: 'かえで' });

  /** Somebody registers and never opens the mail. */
  async function squats(loginId: string): Promise<Applicant> {
    const squatter = applicant(loginId, { email: `squatter-${loginId}@example.jp` });
    const person = running.visitor({ address: HOME });
    await registers(person, await company(), squatter);
    expect(person.page.h1).toBe('新規登録受付完了');
    return squatter;
  }

  it('says that it is unfinished, and goes to an invited person of another company', async () => {
    const squatter = await squats('kaede.one');
    const person = running.visitor();
    await signsIn(person, squatter);
    expect(person.page.h1).toBe('登録がまだ完了していません');
    const { person: sato } = await office(running);
    const email = 'invited@kaede.example';
    await invites(sato, invited(email));
    const newcomer = running.visitor();
    await accepts(newcomer, await invitationTo(running, email), 'kaede.one');
    expect(newcomer.page.path).toBe('/login');
    await signsIn(person, squatter);
    expect(person.page.status).toBe(422);

    expect((await chooses('KAEDE.ONE', squatter)).page.errorsAt('ログインID')).toHaveLength(1);
    await running.clock.advance('4 minutes');
    await asks(running.visitor({ address: HOME }), squatter.email);
    await chooses('kaede.other', squatter);
    await signsIn(person, { ...squatter, loginId: 'kaede.other' });
    expect(person.page.h1).toBe('TOPページ');
  });

  it('goes to a newer registration of another company; whoever proves first keeps it', async () => {
    const squatter = await squats('kaede.two');
    const newer = applicant('kaede.two', { email: 'newer@kaede.example' });
    const person = running.visitor();
    await registers(person, await company(), newer);
    await signsIn(person, newer);
    expect(person.page.h1).toBe('登録がまだ完了していません');
    await activates(person, await linkTo(running, squatter.email));
    await signsIn(person, squatter);
    expect(person.page.h1).toBe('TOPページ');
    const late = await chooses('kaede.late', newer);
    await signsIn(late, { ...newer, loginId: 'kaede.late' });
    expect(late.page.h1).toBe('TOPページ');
  });

  it('goes to a successor of another company', async () => {
    await squats('kaede.three');
    const { corporation } = await leftBehind(running);
    const successor = applicant('kaede.three', { email: 'successor@kaede.example' });
    const person = running.visitor();
    await applies(person, corporation, successor);
    await activates(person, await linkTo(running, successor.email));
    await signsIn(person, successor);
    expect(person.page.h1).toBe('TOPページ');
  });

  it('is lost by nobody who is being activated at that moment', async () => {
    const squatter = await squats('kaede.four');
    const { person: sato } = await office(running);
    await invites(sato, invited('four@kaede.example'));
    const link = await invitationTo(running, 'four@kaede.example');
    const activation = await linkTo(running, squatter.email);
    const [first, second] = await Promise.all([
      running.visitor().sends('POST', activation),
      running.visitor().sends('POST', link, acceptance('kaede.four')),
    ]);
    expect([first.status, second.status].toSorted()).toEqual([303, 422]);
    const { rows } = await running.pool.query<{ state: string }>(
      `select state from accounts where login_id_key = 'kaede.four'`,
    );
    expect(rows).toEqual([{ state: 'active' }]);
  });

  it('gets links for a week, and then nothing is left of its registration', async () => {
    const { email } = await squats('kaede.five');
    await linkTo(running, email);
    await running.clock.advance('6 days 23 hours');
    const person = running.visitor();
    await asks(person, email);
    const link = await linkTo(running, email);
    const clear = () => inUnitOfWork(() => running.app.get(AbandonedRegistrations).clear());
    await clear();
    expect((await person.opens(link)).status).toBe(200);
    await running.clock.advance('1 hour');
    expect((await person.opens(link)).status).toBe(410);
    await asks(running.visitor(), email);
    await running.mailbox.nothingFor(email);
    await clear();
    const left = await running.pool.query('select from accounts where email = $1', [email]);
    expect(left.rowCount).toBe(0);
    const { rows } = await running.pool.query<{ state: string }>(
      'select state from enrollments where applicant_email = $1',
      [email],
    );
    expect(rows).toEqual([{ state: 'expired' }]);
  });
});

it('a login ID that an erased person had is given to no successor', async () => {
  const { corporation, sato } = await leftBehind(running);
  await running.people.administratorExists({ corporation, loginId: 'erased.one', name: '消去 済' });
  await running.pool.query(
    `update accounts set login_id_key = reserved_login_id_key(login_id_key)
     where login_id = 'erased.one'`,
  );
  const successor = applicant('erased.one', { email: `successor-of-${sato.loginId}@example.jp` });
  const person = running.visitor();
  await applies(person, corporation, successor);
  await person.opens(await linkTo(running, successor.email));
  await person.presses('登録を完了する');
  expect(person.page.errorsAt('ログインID')).toHaveLength(1);
  person.fills('ログインID', 'erased.one');
  await person.presses('登録を完了する');
  expect(person.page.errorsAt('ログインID')).toEqual([
    'このログインIDは使えません。別のログインIDを入力してください。',
  ]);
});
