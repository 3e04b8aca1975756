import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { TAMURA } from '../support/desk-people.js';
import { invitationTo, invited, invites, office } from '../support/invitation.js';
import { guessedAt, isUsed, provesBehind, wrong } from '../support/proof.js';
import type { Corporation } from '../support/people.js';
import { linkTo } from '../support/recovery.js';
import {
  activates,
  applicant,
  entersDetails,
  entersNumbers,
  registers,
} from '../support/registration.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterAll(() => running.stop());

/** All of one network. */
let neighbours = 0;
const neighbour = () => running.visitor({ address: `10.88.0.${(neighbours += 1)}` });

let networks = 0;
/** Each from another network. */
const elsewhere = () => running.visitor({ address: `10.77.${(networks += 1)}.5` });

/** All strangers together caused as many applications with the only mailbox so far. */
async function strangersCaused(mails: number): Promise<void> {
  const { rowCount } = await running.pool.query(
    `update limit_counters set used = $1 where key ~ $2`,
    [mails, `^mail:hour:application:[^:]+$`],
  );
  expect(rowCount).toBe(1);
}

describe('strangers who name a mailbox', () => {
  it.each([
    ['right numbers', (corporation: Corporation) => corporation],
    ['wrong ones where the mail decides', wrong],
  ])('from many networks leave a registration with %s to the desk', async (story, typed) => {
    const isRight = story === 'right numbers';
    const corporation = isRight
      ? await running.people.corporationExists({ corporateNumber: '6006009', name: 'けやき' })
      : await guessedAt(running);
    const entered = applicant(`crowded-${isRight ? 'right' : 'wrong'}`);
    await registers(elsewhere(), corporation, { ...entered, loginId: `${entered.loginId}.x` });
    await running.mailbox.mailTo(entered.email);
    await strangersCaused(12);
    const person = elsewhere();
    await registers(person, typed(corporation), entered);
    expect(person.page.status).toBe(200);
    expect(person.page.h1).toBe('登録のお申し込みを受け付けました');
    const number = person.page.facts.受付番号!;
    await running.mailbox.nothingFor(entered.email);
    await running.mailbox.mailTo(running.config.deskMail);
    const operator = new Operator(running);
    const listed = await operator.types('review', 'list');
    const line = listed.out.split('\n').find((each) => each.startsWith(number));
    expect(line).toContain(isRight ? corporation.name : 'match no company');
    const granted = await operator.types('review', 'grant', number, ...TAMURA);
    expect(granted.exitCode).toBe(isRight ? 0 : 1);
    if (!isRight) return;
    await activates(person, new URL(await linkTo(running, entered.email)).pathname);
    expect(person.page.path).toBe('/login');
  });

  it('have a bound at the desk too: thirty a day of a network', async () => {
    const corporation = await guessedAt(running);
    const entered = applicant('bound-one');
    await registers(elsewhere(), corporation, entered);
    await strangersCaused(12);
    const person = elsewhere();
    await entersNumbers(person, corporation);
    await entersDetails(person, { ...entered, loginId: 'bound-two' });
    await isUsed(running, 30, `proof:network:application:10.77.${networks}.0/24`);
    await person.presses('登録');
    expect(person.page.status).toBe(429);
    expect(
      (
        await running.pool.query(
          `select from enrollments where state = 'review' and corporate_number = $1`,
          [corporation.corporateNumber],
        )
      ).rowCount,
    ).toBe(0);
  });
});

describe('a mailbox with tags', () => {
  it('is one for the mails, which go to the address as it is', async () => {
    const corporation = await guessedAt(running);
    for (const tag of ['', '+1', '+2']) {
      const email = `tagged${tag}@example.jp`;
      await registers(neighbour(), corporation, applicant(`tagged${tag.at(1) ?? 0}`, { email }));
      await running.mailbox.mailTo(email);
    }
    const person = neighbour();
    const email = 'Tagged+3@example.jp';
    await registers(person, corporation, applicant('tagged3', { email }));
    expect(person.page.status).toBe(429);
  });

  it('has three comparisons of numbers a day', async () => {
    for (const tag of ['+0', '+1', '+2', '+3']) {
      const corporation = await guessedAt(running);
      const email = `thief${tag}@lane.example`;
      const entered = applicant(`lane-thief-${tag.at(1)}`, { email });
      const person = elsewhere();
      await registers(person, wrong(corporation), entered);
      await provesBehind(await linkTo(running, email), person);
      expect([tag, person.page.status]).toEqual([tag, tag === '+3' ? 429 : 422]);
    }
  });
});

it('an administrator’s mails to a mailbox count for the own company alone', async () => {
  const email = 'ito@everybody.example';
  const first = await office(running);
  for (let mails = 0; mails < 3; mails += 1) {
    await invites(first.person, invited(email));
    await invitationTo(running, email);
  }
  await invites(first.person, invited(email));
  expect(first.person.page.text).toContain(
    'このメールアドレスへメールを送信できる回数（1時間に3回、1日に10回）を超えました。',
  );
  const second = await office(running);
  await invites(second.person, invited(email));
  await invitationTo(running, email);
});
