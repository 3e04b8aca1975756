import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation, Member } from '../support/people.js';
import { asks, entersCode, finishes } from '../support/recovery.js';

const START = Date.parse('2026-11-22T18:30:00+09:00');
const WRONG = 'コードが違うか、入力できる回数や時間を過ぎています。';

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  const name = '株式会社さくら';
  sakura = await running.people.corporationExists({ corporateNumber: '1234567', name });
});
afterAll(() => running.stop());
beforeEach(() => clockAt('00:00:00'));

/** So long after the mail was asked for, to the second. */
async function clockAt(time: string): Promise<void> {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  await running.clock.stopsAt(new Date(START + ((hours * 60 + minutes) * 60 + seconds) * 1000));
}

interface Recovery {
  member: Member;
  /** The browser that asked; it still shows the page behind 送信. */
  person: Visitor;
  code: string;
  link: string;
}

async function recovery(): Promise<Recovery> {
  people += 1;
  const loginId = `kato-${people}`;
  const given = { corporation: sakura, loginId, name: '加藤 直樹' };
  const member = await running.people.administratorExists(given);
  const person = running.visitor();
  return { member, person, ...(await mailed(person, member.email)) };
}

async function mailed(person: Visitor, email: string): Promise<{ code: string; link: string }> {
  await asks(person, email);
  const mail = await running.mailbox.mailTo(email);
  const [, code = ''] = /コード：(\S+)/.exec(mail.text)!;
  return { code, link: running.mailbox.linkIn(mail) };
}

async function enters(email: string, code: string, person = running.visitor()): Promise<Visitor> {
  await person.opens('/password-reset');
  await person.follows('コードの入力');
  person.fills('メールアドレス', email);
  await entersCode(person, code);
  return person;
}

const isIn = ({ page }: Visitor) =>
  page.status === 200 && page.path.startsWith('/password-reset/numbers?flow=');

const wrong = (code: string) => (code === 'AAAA-AAAA' ? 'BBBB-BBBB' : 'AAAA-AAAA');

async function fails({ member, code }: Recovery, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const { page } = await enters(member.email, wrong(code));
    expect([page.status, page.errors]).toEqual([422, [expect.stringContaining(WRONG)]]);
  }
}

it('typed on the page behind 送信 it does what the link does', async () => {
  const { person, code, link, member } = await recovery();
  await entersCode(person, code);
  expect(isIn(person)).toBe(true);
  await finishes(person);
  expect(person.page.facts).toMatchObject({ ログインID: member.loginId });
  expect((await running.visitor().opens(link)).h1).toBe('このURLはすでに使われています');
  expect((await enters(member.email, code)).page.status).toBe(422);
});

it('typed on another device it does the same, in any case and width', async () => {
  const { code, member } = await recovery();
  const wide = [...code.toLowerCase()].map((letter) =>
    letter === '-' ? 'ー' : String.fromCodePoint(letter.codePointAt(0)! + 0xfee0),
  );
  const telephone = await enters(member.email.toUpperCase(), ` ${wide.join('')} `);
  expect(isIn(telephone)).toBe(true);
  await finishes(telephone);
  expect(telephone.page.h1).toBe('パスワード再登録完了');
});

it('a wrong one leads to a page that still knows the address', async () => {
  const { person, code, member } = await recovery();
  await entersCode(person, wrong(code));
  expect(person.page.status).toBe(422);
  expect(person.page.errors).toEqual([expect.stringContaining(WRONG)]);
  expect(person.page.field('メールアドレス').getAttribute('value')).toBe(member.email);
  await entersCode(person, code);
  expect(isIn(person)).toBe(true);
});

it('the fifth try may be the right one', async () => {
  const given = await recovery();
  await fails(given, 4);
  expect(isIn(await enters(given.member.email, given.code))).toBe(true);
});

it('after five wrong tries it is over, and the link is not', async () => {
  const given = await recovery();
  await fails(given, 5);
  const { page } = await enters(given.member.email, given.code);
  expect([page.status, page.errors]).toEqual([422, [expect.stringContaining(WRONG)]]);
  expect((await running.visitor().opens(given.link)).path).toBe('/password-reset/numbers');
});

it('of 30 tries at once no more than five are compared', async () => {
  const { member, code } = await recovery();
  const fields = { email: member.email, code };
  const answers = await Promise.all(
    Array.from({ length: 30 }, () =>
      running.visitor().sends('POST', '/password-reset/code', { fields }),
    ),
  );
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(25);
});

it('it works for 15 minutes from its first use, to the second', async () => {
  const given = await recovery();
  await clockAt('12:00:00');
  await fails(given, 1);
  await clockAt('12:14:59');
  expect(isIn(await enters(given.member.email, given.code))).toBe(true);
  await clockAt('12:15:00');
  expect((await enters(given.member.email, given.code)).page.status).toBe(422);
  expect((await running.visitor().opens(given.link)).path).toBe('/password-reset/numbers');
});

it('unused it lives as long as the link', async () => {
  const [one, other] = [await recovery(), await recovery()];
  await clockAt('23:59:59');
  expect(isIn(await enters(one.member.email, one.code))).toBe(true);
  await clockAt('24:00:00');
  expect((await enters(other.member.email, other.code)).page.status).toBe(422);
});

it('the newest mail voids the older code', async () => {
  const { member, code } = await recovery();
  const newer = await mailed(running.visitor(), member.email);
  expect((await enters(member.email, code)).page.status).toBe(422);
  expect(isIn(await enters(member.email, newer.code))).toBe(true);
});

it('it belongs to its mailbox: nobody else’s address goes with it', async () => {
  const [one, other] = [await recovery(), await recovery()];
  expect((await enters(other.member.email, one.code)).page.status).toBe(422);
  expect((await enters('nobody@example.jp', one.code)).page.status).toBe(422);
});

it('what no mail can contain is told, and counts as no try', async () => {
  const { member, code } = await recovery();
  for (const typed of ['', 'ABCD', 'ABCD-EFGHJ', 'さくらさくらさく', '%%%%%%%%'])
    for (let times = 0; times < 2; times += 1) {
      const { page } = await enters(member.email, typed);
      expect([typed, page.status]).toEqual([typed, 422]);
      expect(page.errorsAt('コード')[0]).toMatch(/コードを入力|英字と数字の8文字/);
    }
  expect(isIn(await enters(member.email, code))).toBe(true);
});

it('60 tries an hour are enough for a network; the link goes on', async () => {
  const given = await recovery();
  const person = running.visitor({ address: '203.0.113.7' });
  const fields = { email: 'nobody@example.jp', code: 'AAAAAAAA' };
  for (let times = 0; times < 60; times += 1)
    expect((await person.sends('POST', '/password-reset/code', { fields })).status).toBe(422);
  person.movesTo('203.0.113.8');
  const { page } = await enters(given.member.email, given.code, person);
  expect(page.status).toBe(429);
  expect(page.headers['retry-after']).toBe('3600');
  expect(page.text).toContain('およそ60分後に');
  expect((await person.opens(given.link)).path).toBe('/password-reset/numbers');
  expect(isIn(await enters(given.member.email, given.code))).toBe(true);
});

it('a second press of 送信 that hits the button for the code leads back to the page of the mail', async () => {
  const { person, code } = await recovery();
  const { path } = person.page;
  const counters = "select * from limit_counters where key like 'recovery-code%' order by key";
  const { rows: before } = await running.pool.query(counters);
  await person.presses('コードで進む');
  expect([person.page.status, person.page.path]).toEqual([200, path]);
  expect(person.page.errors).toEqual([]);
  expect((await running.pool.query(counters)).rows).toEqual(before);
  await entersCode(person, code);
  expect(isIn(person)).toBe(true);
});
