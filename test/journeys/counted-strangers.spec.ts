import { HourlyCounts } from '../../src/audit/hourly-counts.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { guesses, isUsed } from '../support/proof.js';
import { entersNumbers } from '../support/registration.js';
import { routes } from '../support/routes.js';

const PASSWORD = 'sakura-2026-mochi';
const MOMIJI = { corporateNumber: '7654322', name: 'もみじ株式会社' };

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
  const corporation = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  for (const loginId of ['sato', 'suzuki'])
    await running.people.administratorExists({ corporation, loginId, name: '佐藤 花子' });
});
afterAll(() => running.stop());

const enters = (loginId: string, password: string, person: Visitor = running.visitor()) =>
  person.sends('POST', '/login', { fields: { loginId, password } });

async function rowsOf(table: string, where = 'true'): Promise<number> {
  const { rows } = await running.pool.query<{ count: number }>(
    `select count(*)::int from ${table} where ${where}`,
  );
  return rows[0]!.count;
}

/** How often rows were added to or changed in each table. */
async function everyRow(): Promise<unknown[]> {
  const tables = ['audit_entries', 'flows', 'form_submissions', 'limit_counters', 'waiting_times'];
  const counts = tables.map(
    (table) => `select '${table}', count(*)::int, sum(xmin::text::int8) from ${table}`,
  );
  return (await running.pool.query(counts.join(' union all '))).rows;
}

describe('what strangers cause', () => {
  it('is one row an hour for unknown login IDs and waits, with the number of tries', async () => {
    await running.app.get(HourlyCounts).write();
    await running.clock.advance('1 day');
    await running.app.get(HourlyCounts).log();
    const before = await rowsOf('audit_entries');
    for (let times = 0; times < 9; times += 1) await enters('nobody-at-all', 'wrong-1234');
    for (let times = 0; times < 8; times += 1) await enters('sato', 'wrong-1234');
    expect((await rowsOf('audit_entries')) - before).toBe(6);
    await running.app.get(HourlyCounts).write();
    await running.app.get(HourlyCounts).log();
    expect((await rowsOf('audit_entries')) - before).toBe(6);
    await running.clock.advance('1 hour');
    await running.app.get(HourlyCounts).log();
    await running.app.get(HourlyCounts).log();
    const { rows } = await running.pool.query(
      `select reason, account_id is not null as known, facts->'count' as count from audit_entries
       where facts ? 'count' order by id desc limit 4`,
    );
    expect(rows).toHaveLength(4);
    expect(rows).toEqual(
      expect.arrayContaining([
        { reason: 'all-failures', known: false, count: 12 },
        { reason: 'account-unknown', known: false, count: 6 },
        { reason: 'waiting', known: false, count: 3 },
        { reason: 'waiting', known: true, count: 2 },
      ]),
    );
  });

  it('is shown to the owner with the number', async () => {
    const person = running.visitor();
    await enters('sato', PASSWORD, person);
    const page = await person.opens('/me/sign-ins');
    expect(page.text).toContain('失敗が続いたため、1時間に2回、確認しませんでした');
  });

  it('refuses nobody after 20,000 failures of an hour, and stands in the log', async () => {
    await enters('nobody-else', 'wrong-1234');
    await running.app.get(HourlyCounts).write();
    await running.pool.query(
      `update limit_counters set used = 30000 where key like 'hourly|sign-in|all-failures|%'`,
    );
    await enters('nobody-else', 'wrong-1234');
    expect((await enters('suzuki', PASSWORD)).status).toBe(303);
    await running.app.get(HourlyCounts).write();
    await running.clock.advance('1 hour');
    await running.app.get(HourlyCounts).log();
    const logged = `reason = 'all-failures' and facts->'count' = '30001'`;
    expect(await rowsOf('audit_entries', logged)).toBe(1);
  });

  it.each(Object.keys(routes).filter((route) => /^POST .*:token$/.test(route)))(
    'is nothing by the key of no mail: %s',
    async (route) => {
      const before = await rowsOf('audit_entries');
      const path = route.replace('POST ', '').replace(':token', 'A'.repeat(43));
      const { status } = await running.visitor().sends('POST', path, { fields: {} });
      expect([status, (await rowsOf('audit_entries')) - before]).toEqual([410, 0]);
    },
  );

  it('is nothing behind an exhausted limit', async () => {
    let numbers: Record<string, string> = {
      corporateNumber: '7654323',
      transferAccountNumber: '9999999',
    };
    const posts = async () => {
      const statuses = [
        await enters('waiting', 'wrong-1234', running.visitor({ address: '203.0.117.1' })),
        await enters('somebody', 'x', running.visitor({ address: '203.0.118.1' })),
        await guesser.sends('POST', '/initiate/numbers', { fields: numbers }),
        await running.visitor({ address: '203.0.120.1' }).sends('POST', '/login', { fields: {} }),
        await guesses(running.visitor({ address: '203.0.121.1' }), '7654323'),
      ].map(({ status }) => status);
      expect(statuses).toEqual([422, 429, 429, 422, 429]);
    };
    for (let times = 0; times < 6; times += 1) await enters('waiting', 'wrong-1234');
    await running.pool.query(
      `insert into waiting_times values ('network:203.0.118.1', 501, genkan_now(), genkan_now() + interval '1 minute')`,
    );
    const guesser = running.visitor({ address: '203.0.119.1' });
    // A flow of its own is bounded by the next rule.
    const begun = await guesser.sends('POST', '/initiate/numbers', { fields: numbers });
    numbers = { ...numbers, flow: /flow=([\w-]+)/.exec(begun.text)![1]! };
    for (let times = 0; times < 4; times += 1)
      await guesser.sends('POST', '/initiate/numbers', { fields: numbers });
    await isUsed(running, 30, 'proof:network:enrollment:203.0.121.0/24');
    const before = await everyRow();
    for (let round = 0; round < 3; round += 1) await posts();
    expect(await everyRow()).toEqual(before);
  });

  it('is at most 200 flows of a network: those without entries go first', async () => {
    await running.pool.query(
      `insert into flows (id, browser_hash, kind, entries, created_at, ends_at, site)
       select gen_random_uuid(), 'x', 'test', case when n <= 150 then '{"a":1}' else '{}' end::jsonb,
              genkan_now() - interval '1 minute' * (200 - n), genkan_now() + interval '1 hour', site
       from generate_series(1, 200) n, unnest(array['192.0.2.0/24', '192.0.3.0/24']) site`,
    );
    const person = running.visitor({ address: '192.0.2.1' });
    await entersNumbers(person, await running.people.corporationExists(MOMIJI));
    const here = `site = '192.0.2.0/24'`;
    expect(await rowsOf('flows', here)).toBe(200);
    expect(await rowsOf('flows', `${here} and entries <> '{}'`)).toBe(151);
    expect(await rowsOf('flows', `site = '192.0.3.0/24'`)).toBe(200);
  });

  it('is at most 500 form ids of a network', async () => {
    await running.pool.query(
      `insert into form_submissions (id, entries_digest, location, created_at, site)
       select gen_random_uuid(), 'x', '/', genkan_now() - interval '1 minute', '192.0.4.0/24'
       from generate_series(1, 500)`,
    );
    const { status } = await running
      .visitor({ address: '192.0.4.1' })
      .sends('POST', '/password-reset', {
        fields: { email: 'sato@example.jp', formId: crypto.randomUUID() },
      });
    expect(status).toBe(303);
    expect(await rowsOf('form_submissions', `site = '192.0.4.0/24'`)).toBe(500);
    expect(await rowsOf('form_submissions', `site = '192.0.4.0/24' and location <> '/'`)).toBe(1);
  });
});
