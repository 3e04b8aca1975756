import { HourlyCounts } from '../../src/audit/hourly-counts.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { entersNumbers } from '../support/registration.js';

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
    expect(page.text).toContain('失敗が続いたため、1時間に2回、確認をお待ちいただきました');
  });

  it('alarms at 20,000 failures of an hour and refuses nobody', async () => {
    await enters('nobody-else', 'wrong-1234');
    await running.app.get(HourlyCounts).write();
    await running.pool.query(
      `update limit_counters set used = 30000 where key like 'hourly|sign-in|all-failures|%'`,
    );
    expect((await enters('suzuki', PASSWORD)).status).toBe(303);
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
