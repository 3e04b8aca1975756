import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { linesOf } from '../support/log.js';
import { companyExists, signedIn, type Company } from '../support/members.js';

let running: RunningApp;
let company: Company;
let person: Visitor;
beforeAll(async () => {
  running = await startApp();
  company = await companyExists(running);
  person = await signedIn(running, company.sato);
  // Most of them of one moment, over two months.
  await running.pool.query(
    `insert into audit_entries (corporation_id, act, reason, facts, at, address)
     select $1, 'witness-statement', 'done', jsonb_build_object('caseNumber', n),
       case when n <= 20 then timestamptz '2026-08-31T23:59:59Z'
            else timestamptz '2026-09-30T12:00:00.000001Z' end, '192.0.2.5'
     from generate_series(1, 100) n`,
    [company.corporation.id],
  );
});
afterAll(() => running.stop());

const numbers = () =>
  linesOf(person)
    .flatMap(({ what }) => /受付番号：(\d+)/.exec(what)?.[1] ?? [])
    .map(Number);
const FROM = '/log?address=192.0.2.5';
const expected = Array.from({ length: 100 }, (_, place) => 100 - place);

it('shows each row once, also where all are of one moment, forth and back', async () => {
  await person.opens(FROM);
  const pages = [numbers()];
  while (person.page.text.includes('これより前の記録')) {
    await person.follows('これより前の記録');
    pages.push(numbers());
  }
  expect(pages.flat()).toEqual(expected);
  expect(pages.map(({ length }) => length)).toEqual([30, 30, 30, 10]);
  for (const page of pages.slice(0, -1).toReversed()) {
    await person.follows('これより後の記録');
    expect(numbers()).toEqual(page);
  }
  expect(person.page.text).not.toContain('これより後の記録');
  expect(person.page.url.searchParams.get('address')).toBe('192.0.2.5');
});

it('is not moved by what is written meanwhile, and leads to the newest', async () => {
  await person.opens(FROM);
  await person.follows('これより前の記録');
  const before = numbers();
  const { path } = person.page;
  await running.pool.query(
    `insert into audit_entries (corporation_id, act, reason, facts, address)
     values ($1, 'witness-statement', 'done', '{"caseNumber": 101}', '192.0.2.5')`,
    [company.corporation.id],
  );
  await person.opens(path);
  expect(numbers()).toEqual(before);
  await person.follows('最新の記録へ');
  expect(numbers()[0]).toBe(101);
});

it('has a last page that is empty where the rows are gone', async () => {
  await person.opens('/log?page=older~2020-01-01T00:00:00.000000Z~1');
  expect(person.page.text).toContain('これより前の記録はありません。');
});
