import { HourlyCounts } from '../../src/audit/hourly-counts.js';
import { startApp, type RunningApp } from '../support/app.js';
import { signedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';

let running: RunningApp;
let sato: Member;
let suzuki: Member;
beforeAll(async () => {
  running = await startApp();
  const corporation = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  const { people } = running;
  sato = await people.administratorExists({ corporation, loginId: 'sato', name: '佐藤 花子' });
  suzuki = await people.staffExists({ corporation, loginId: 'suzuki', name: '鈴木 次郎' });
});
afterAll(() => running.stop());

async function rows() {
  const found = await running.pool.query(
    `select reason, corporation_id is not null as "isOfCompany", host(address) as address,
            request_id as "requestId", facts->>'method' as method, facts->>'path' as path
     from audit_entries where act = 'page-access' and account_id = $1 and not facts ? 'count'
     order by id`,
    [suzuki.id],
  );
  return found.rows;
}

it('a page that somebody has no right to stands in the log of the company', async () => {
  const person = await signedIn(running, suzuki);
  const page = await person.opens('/accounts?q=secret');
  await person.sends('POST', '/accounts/deletion', { fields: { accountId: sato.id } });
  const refused = { reason: 'not-administrator', isOfCompany: true };
  const address = expect.stringMatching(/^10\./);
  const requestId = page.headers['x-request-id'];
  expect(await rows()).toMatchObject([
    { ...refused, address, requestId, method: 'GET', path: '/accounts' },
    { ...refused, address, method: 'POST', path: '/accounts/deletion' },
  ]);
  const log = await (await signedIn(running, sato)).opens('/log');
  expect(log.text).toContain('権限のないページを開こうとしました');
  expect(log.text).toContain('管理者ではない方でした');
});

it('tries beyond twenty an hour are one row with their number', async () => {
  const person = await signedIn(running, suzuki);
  const before = (await rows()).length;
  for (let times = 0; times < 23; times += 1) await person.sends('GET', '/log');
  expect((await rows()).length - before).toBe(20);
  await running.app.get(HourlyCounts).write();
  await running.clock.advance('1 hour');
  await running.app.get(HourlyCounts).log();
  const counted = await running.pool.query(
    `select facts->'count' as count from audit_entries
     where act = 'page-access' and account_id = $1 and facts ? 'count'`,
    [suzuki.id],
  );
  expect(counted.rows).toEqual([{ count: 3 }]);
});
