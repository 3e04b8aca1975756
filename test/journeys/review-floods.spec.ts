import { Reviews } from '../../src/admin-enrollment/applications/reviews.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { Operator } from '../support/command.js';
import { atDesk } from '../support/desk-case.js';
import { BY_TAMURA, TAMURA } from '../support/desk-people.js';
import type { Corporation } from '../support/people.js';
import { appliesByMail, guessedAt, isUsed, provesBehind, wrong } from '../support/proof.js';
import { linkTo } from '../support/recovery.js';
import { applicant, signsIn } from '../support/registration.js';

let running: RunningApp;
let operator: Operator;
let clerk: Visitor;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
  clerk = await atDesk(running, 'tamura', '田村');
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterEach(async () => {
  const { rows } = await running.pool.query<{ number: string }>(
    `select case_number as number from enrollments where state = 'review'`,
  );
  for (const { number } of rows)
    await inUnitOfWork(() => running.app.get(Reviews).refuse(number, BY_TAMURA));
});
afterAll(() => running.stop());

let networks = 0;
/** Each from another network. */
const elsewhere = () => running.visitor({ address: `10.74.${(networks += 1)}.5` });

let people = 0;
/** Somebody whose application the desk decides. @returns its number */
async function reviewed(
  company: Corporation,
  domain: string,
  person: Visitor = elsewhere(),
  loginId = `flood-${(people += 1)}`,
): Promise<string> {
  const { corporateNumber: number } = company;
  await isUsed(running, 10, `proof:company:${number}`, `proof:mail:others:${number}`);
  const email = `${loginId}@${domain}`;
  const link = await appliesByMail(running, company, applicant(loginId, { email }), person);
  await provesBehind(link, person);
  expect(person.page.h1).toBe('登録のお申し込みを受け付けました');
  await running.mailbox.mailTo(email);
  return person.page.facts.受付番号!;
}

async function noticesOfDesk(): Promise<string[]> {
  await running.mailbox.everythingIsSent();
  const mails = running.mailbox.unread(running.config.deskMail);
  return mails.map(({ subject }) => /（(\d+)件）/.exec(subject)?.[1] ?? subject);
}

describe('a flood of applications that the desk decides', () => {
  it('is told twice an hour, and again as soon as nothing waited before', async () => {
    await noticesOfDesk();
    const company = await guessedAt(running);
    const before = (await noticesOfDesk()).length;
    const numbers = [];
    for (const each of [1, 2, 3])
      numbers.push(
        await reviewed({ ...wrong(company), corporateNumber: `85${each}` }, 'a.example'),
      );
    numbers.push(await reviewed(company, 'a.example'), await reviewed(company, 'a.example'));
    expect((await noticesOfDesk()).slice(before)).toEqual(['1', '4']);
    for (const number of numbers)
      expect((await operator.types('review', 'refuse', number, ...TAMURA)).exitCode).toBe(0);
    await reviewed(wrong(company), 'a.example');
    expect((await noticesOfDesk()).slice(before)).toEqual(['1', '4', '1']);
  });

  it.each([
    ['one mail domain', () => elsewhere(), () => 'flood.example'],
    [
      'one network',
      () => running.visitor({ address: `10.73.0.${(people += 1)}` }),
      () => `flood-${(people += 1)}.example`,
    ],
  ])('with wrong numbers of %s is set aside; right ones stay', async (_, from, domain) => {
    const company = await guessedAt(running);
    const wrongOnes = [];
    for (let times = 0; times < 7; times += 1)
      wrongOnes.push(await reviewed(wrong(company), domain(), from()));
    const right = await reviewed(company, domain(), from());
    const { out } = await operator.types('review', 'list');
    const listed = (number: string) => out.includes(number);
    expect(wrongOnes.map(listed)).toEqual([true, true, true, true, true, false, false]);
    expect(out.split('\n').find((line) => line.startsWith(right))).toContain(company.name);
    expect(out).toContain('2 more match no company');
    const all = await operator.types('review', 'list', '--all');
    expect([right, ...wrongOnes].every((number) => all.out.includes(number))).toBe(true);
    const { html: cases } = await clerk.opens('/desk/cases');
    expect([right, ...wrongOnes].map((number) => cases.includes(number))).toEqual([
      true,
      ...wrongOnes.map(listed),
    ]);
    await clerk.follows('すべて見る');
    expect([right, ...wrongOnes].every((number) => clerk.page.html.includes(number))).toBe(true);
    await clerk.opens('/desk');
    expect(clerk.page.content('.gk-case-counts').text).toMatch(/新規\s*6件/);
  });

  it('shows mailbox and network, which tell people of one name apart', async () => {
    const company = await guessedAt(running);
    const thief = await reviewed(
      company,
      'evil.example',
      running.visitor({ address: '10.72.1.9' }),
    );
    const person = await reviewed(
      company,
      'own.example',
      running.visitor({ address: '10.71.1.9' }),
    );
    const { out } = await operator.types('review', 'list');
    const lineOf = (number: string) => out.split('\n').find((line) => line.startsWith(number));
    expect(lineOf(thief)).toMatch(/f…@evil\.example {2}from 10\.72\.1\.9 \(10\.72\.1\.0\/24\)$/);
    expect(lineOf(person)).toMatch(/f…@own\.example {2}from 10\.71\.1\.9 \(10\.71\.1\.0\/24\)$/);
  });
});

it('a grant lets in somebody whose login ID was taken, with another one', async () => {
  const company = await guessedAt(running);
  const { loginId, password } = await running.people.administratorExists({
    corporation: await guessedAt(running),
    loginId: 'taken-id',
    name: '佐藤 花子',
  });
  const number = await reviewed(company, 'late.example', elsewhere(), loginId);
  const granted = await operator.types('review', 'grant', number, ...TAMURA);
  expect(granted).toMatchObject({ exitCode: 0, err: '' });
  const person = elsewhere();
  const link = await linkTo(running, `${loginId}@late.example`);
  await person.opens(new URL(link).pathname);
  person.fills('ログインID', 'another-id');
  await person.presses('登録を完了する');
  const entered = applicant('another-id');
  await signsIn(person, entered);
  expect(person.page.header).toContain(company.name);
  const holder = elsewhere();
  await signsIn(holder, { loginId, password });
  expect(holder.page.text).not.toContain(company.name);
});
