import { RecoveryRequests } from '../../src/password-reset/recovery-requests.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation, Member } from '../support/people.js';
import {
  asks,
  choosesPassword,
  entersNumbers,
  linkTo,
  newLink,
  NEW_PASSWORD,
} from '../support/recovery.js';
import { signsIn } from '../support/registration.js';

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  const name = '株式会社さくら';
  sakura = await running.people.corporationExists({ corporateNumber: '1234567', name });
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));

const USED = [410, 'このURLはすでに使われています'];
const REPLACED = [410, '新しいURLをお送りしています'];

function somebody(): Promise<Member> {
  people += 1;
  const given = { corporation: sakura, loginId: `tanaka-${people}`, name: '田中 実' };
  return running.people.administratorExists(given);
}

/** Asked for by somebody in this network. */
async function linkFrom(address: string, email: string): Promise<string> {
  await asks(running.visitor({ address }), email);
  return linkTo(running, email);
}

/** How often the log says that it was done. */
async function resetsOf({ id }: Member): Promise<number | null> {
  const done = `select from audit_entries where act = 'password-reset' and reason = 'done'`;
  return (await running.pool.query(`${done} and account_id = $1`, [id])).rowCount;
}

/** In a browser of its own, ready for the last POST. */
async function atConfirmation(link: string, password = NEW_PASSWORD): Promise<Visitor> {
  const person = running.visitor();
  await person.opens(link);
  await entersNumbers(person);
  await choosesPassword(person, password);
  return person;
}

async function refusalOf(link: string): Promise<[number, string]> {
  const { status, h1 } = await running.visitor().opens(link);
  return [status, h1];
}

it('the newest link that a network asked for voids its older one', async () => {
  const { email } = await somebody();
  const link = await linkFrom('10.78.0.5', email);
  const newer = await linkFrom('10.78.0.6', email);
  expect(await refusalOf(link)).toEqual(REPLACED);
  await running.restart();
  expect(await refusalOf(link)).toEqual(REPLACED);
  await (await atConfirmation(newer)).presses('登録');
  expect(await refusalOf(newer)).toEqual(USED);
  expect(await refusalOf(link)).toEqual(USED);
});

it('strangers void no link, and the desk voids all', async () => {
  const member = await somebody();
  const link = await newLink(running, member.email);
  const strangers = await linkFrom('10.79.1.5', member.email);
  const person = await atConfirmation(link);
  const asker = { address: '192.0.2.1', requestId: 'telephone' };
  await running.app.get(RecoveryRequests).accept(member.email, asker);
  const desks = await linkTo(running, member.email);
  await person.presses('登録');
  expect([person.page.status, person.page.h1]).toEqual(REPLACED);
  expect(await refusalOf(link)).toEqual(REPLACED);
  expect(await refusalOf(strangers)).toEqual(REPLACED);
  await linkFrom('10.79.2.5', member.email);
  await (await atConfirmation(desks)).presses('登録');
});

describe('a recovery past its numbers goes on', () => {
  it.each(['elsewhere', 'the same network'])('when somebody %s asks for mails', async (where) => {
    const { email } = await somebody();
    const link = await linkFrom('10.80.0.5', email);
    const person = running.visitor();
    await person.opens(link);
    await entersNumbers(person);
    const stranger = where === 'elsewhere' ? '10.81.0.5' : '10.80.0.5';
    for (let times = 0; times < 2; times += 1) await linkFrom(stranger, email);
    await person.reloads();
    await choosesPassword(person);
    await linkFrom('10.82.0.5', email);
    await person.presses('登録');
    expect(person.page.h1).toBe('パスワード再登録完了');
  });

  it('for its 30 minutes, and its link, if newer ones are there, is void for others', async () => {
    const { email } = await somebody();
    const link = await linkFrom('10.83.0.5', email);
    const person = await atConfirmation(link);
    await linkFrom('10.83.0.5', email);
    expect(await refusalOf(link)).toEqual(REPLACED);
    await running.clock.advance('29 minutes 59 seconds');
    expect((await person.reloads()).status).toBe(200);
    await running.clock.advance('1 second');
    expect((await person.reloads()).path).toBe('/password-reset');
  });
});

it('a completed recovery ends every other link and run of its mailbox', async () => {
  const member = await somebody();
  const link = await newLink(running, member.email);
  const other = await newLink(running, member.email);
  const person = await atConfirmation(link);
  const thief = await atConfirmation(other, 'umi-no-soko-88');
  const untouched = await newLink(running, member.email);
  await person.presses('登録');
  expect(person.page.h1).toBe('パスワード再登録完了');
  await thief.presses('登録');
  expect([thief.page.status, thief.page.h1]).toEqual(USED);
  expect(await refusalOf(other)).toEqual(USED);
  expect(await refusalOf(untouched)).toEqual(USED);
  expect((await running.visitor().opens(untouched)).text).toContain(
    'パスワード再登録は、すでに完了しています。新しいパスワードでログインしてください。',
  );
  await signsIn(person, { loginId: member.loginId, password: NEW_PASSWORD });
  expect(person.page.h1).toBe('TOPページ');
});

it('of two recoveries of one account that end at once, one counts', async () => {
  const member = await somebody();
  const link = await newLink(running, member.email);
  const [one, other] = [
    await atConfirmation(link),
    await atConfirmation(await newLink(running, member.email), 'umi-no-soko-88'),
  ];
  await Promise.all([one.presses('登録'), other.presses('登録')]);
  const ends = [one, other].map(({ posted }) => posted!.status);
  expect(ends.toSorted()).toEqual([303, 410]);
  expect(await resetsOf(member)).toBe(1);
  await running.mailbox.mailTo(member.email);
  await running.mailbox.nothingFor(member.email);
});
