import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation, Member } from '../support/people.js';
import {
  choosesPassword,
  entersNumbers,
  newLink,
  NEW_PASSWORD,
  shownOn,
} from '../support/recovery.js';
import { applicant, registers, signsIn } from '../support/registration.js';

const START = new Date('2026-11-22T18:30:00+09:00');
const ALMOST_A_DAY = '23 hours 59 minutes 59 seconds';

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  const name = '株式会社さくら';
  sakura = await running.people.corporationExists({ corporateNumber: '1234567', name });
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(START));

/** Somebody who has just got the mail. */
async function recovery(): Promise<{ member: Member; link: string }> {
  people += 1;
  const loginId = `tanaka-${people}`;
  const given = { corporation: sakura, loginId, name: '田中 実' };
  const member = await running.people.administratorExists(given);
  return { member, link: await newLink(running, member.email) };
}

/** In a browser of its own, ready for the last POST. */
async function atConfirmation(link: string, password = NEW_PASSWORD): Promise<Visitor> {
  const person = running.visitor();
  await person.opens(link);
  await entersNumbers(person);
  await choosesPassword(person, password);
  expect(person.page.path).toMatch(/^\/password-reset\/confirmation/);
  return person;
}

async function refusalOf(link: string): Promise<[number, string]> {
  const { status, h1 } = await running.visitor().opens(link);
  return [status, h1];
}

const USED = [410, 'このURLはすでに使われています'];
const EXPIRED = [410, 'このURLは期限が切れています'];
const UNKNOWN = [410, 'このURLはご利用いただけません'];

it('the link works in the last second of its 24 hours', async () => {
  const { link } = await recovery();
  await running.clock.advance(ALMOST_A_DAY);
  const person = await atConfirmation(link);
  await person.presses('登録');
  expect(person.page.h1).toBe('パスワード再登録完了');
});

it('it is over when the 24 hours are, also for who had only the last button to press', async () => {
  const { link, member } = await recovery();
  await running.clock.advance(ALMOST_A_DAY);
  const person = await atConfirmation(link);
  await running.clock.advance('1 second');
  await person.presses('登録');
  expect([person.page.status, person.page.h1]).toEqual(EXPIRED);
  expect(await refusalOf(link)).toEqual(EXPIRED);
  await person.follows('新しいURLを受け取る');
  expect(person.page.path).toBe('/password-reset');
  await signsIn(person, member);
  expect(person.page.h1).toBe('TOPページ');
});

it('a mail scanner that opens everything ten times changes nothing', async () => {
  const { link, member } = await recovery();
  const before = await everything();
  const paths = ['', '/numbers', '/account', '/new-password', '/confirmation', '/completed'];
  const pages = ['/sent', '/code', ...paths].map((path) => `/password-reset${path}`);
  for (let times = 0; times < 10; times += 1)
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      for (const path of [link, `${link}?utm=1`, ...(times === 0 ? pages : pages.slice(3, 4))])
        await running
          .visitor()
          .sends(method, path, { headers: { 'sec-fetch-site': 'cross-site' } });
  expect(await everything()).toEqual(before);
  await running.mailbox.nothingFor(member.email);
  await (await atConfirmation(link)).presses('登録');
  expect(await refusalOf(link)).toEqual(USED);
});

async function everything(): Promise<unknown[]> {
  await running.mailbox.everythingIsSent();
  const tables = ['recoveries', 'mailed_links', 'accounts', 'flows', 'limit_counters'];
  const rows = [...tables, 'audit_entries', 'mail_deliveries'].map((table) =>
    running.pool.query(`select * from ${table} order by 1`),
  );
  return (await Promise.all(rows)).map((result) => result.rows);
}

it('20 browsers press 登録 at once: one password, one notice', async () => {
  const { link, member } = await recovery();
  const browsers: Visitor[] = [];
  for (let index = 0; index < 20; index += 1)
    browsers.push(await atConfirmation(link, `tani-no-ue-${index}`));
  await Promise.all(browsers.map((browser) => browser.presses('登録')));
  const statuses = browsers.map(({ posted }) => posted!.status);
  expect(statuses.toSorted()).toEqual([303, ...Array<number>(19).fill(410)]);

  const winner = statuses.indexOf(303);
  expect(browsers[winner]!.page.h1).toBe('パスワード再登録完了');
  const { loginId } = member;
  await signsIn(running.visitor(), { loginId, password: `tani-no-ue-${(winner + 1) % 20}` });
  const person = running.visitor();
  await signsIn(person, { loginId, password: `tani-no-ue-${winner}` });
  expect(person.page.h1).toBe('TOPページ');
  await running.mailbox.mailTo(member.email);
  await running.mailbox.nothingFor(member.email);
});

it('20 impatient clicks in one browser succeed once', async () => {
  const { link, member } = await recovery();
  const person = await atConfirmation(link);
  const flow = person.page.url.searchParams.get('flow')!;
  const fields = { flow, shown: await shownOn(person, 'confirmation', flow) };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      person.sends('POST', '/password-reset/confirmation', { fields }),
    ),
  );
  for (const { status, headers } of answers)
    expect([status, headers.location]).toEqual([303, `/password-reset/completed?flow=${flow}`]);
  expect((await person.reloads()).h1).toBe('パスワード再登録完了');
  const logged = `select reason from audit_entries where act = 'password-reset'`;
  const { rows } = await running.pool.query(`${logged} and account_id = $1`, [member.id]);
  expect(rows).toEqual([{ reason: 'done' }]);
  await running.mailbox.mailTo(member.email);
  await running.mailbox.nothingFor(member.email);
});

it('of two browsers that opened it one wins, and the other sees nobody any more', async () => {
  const { link, member } = await recovery();
  const [slow, quick] = [await atConfirmation(link), await atConfirmation(link, 'umi-no-soko-88')];
  await quick.presses('登録');
  await slow.presses('登録');
  expect([slow.page.status, slow.page.h1]).toEqual(USED);
  await slow.opens('/password-reset/new-password');
  expect([slow.page.status, slow.page.h1]).toEqual(USED);
  expect(slow.page.html).not.toMatch(/田中|tanaka|さくら/);
  await signsIn(quick, { loginId: member.loginId, password: 'umi-no-soko-88' });
  expect(quick.page.h1).toBe('TOPページ');
});

it('a link for one purpose opens nothing else', async () => {
  const { link } = await recovery();
  const keyaki = { corporateNumber: '7654321', name: 'けやき株式会社' };
  const entered = applicant('keyaki');
  await registers(running.visitor(), await running.people.corporationExists(keyaki), entered);
  const other = running.mailbox.linkIn(await running.mailbox.mailTo(entered.email));
  expect(await refusalOf(other.replace('/activation/', '/password-reset/'))).toEqual(UNKNOWN);
  expect(await refusalOf(link.replace('/password-reset/', '/activation/'))).toEqual(UNKNOWN);
});

describe('an unknown link', () => {
  const broken: [string, (link: string) => string][] = [
    ['of somebody’s invention', (link) => link.replace(/[^/]+$/, 'A'.repeat(43))],
    ['cut off by one letter', (link) => link.slice(0, -1)],
    ['cut off in the middle', (link) => link.slice(0, -30)],
    ['with the full stop of a sentence', (link) => `${link}%E3%80%82`],
    ['with a bracket', (link) => `${link}%3E`],
  ];
  it.each(broken)('%s says what to look at and where to get a new one', async (_, change) => {
    const { link } = await recovery();
    expect(await refusalOf(change(link))).toEqual(UNKNOWN);
  });

  it('in a cookie that nobody gave is the same', async () => {
    for (const value of ['x', 'A'.repeat(43), "'--", '..', '%00']) {
      const person = running.visitor();
      person.jar.cookies.set('recovery', { value, attributes: '' });
      const { status } = await person.sends('GET', '/password-reset/numbers');
      expect([value, [303, 410].includes(status)]).toEqual([value, true]);
    }
  });
});
