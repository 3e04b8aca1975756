import { randomUUID } from 'node:crypto';
import { HourlyCounts } from '../../src/audit/hourly-counts.js';
import { startApp, type RunningApp } from '../support/app.js';
import { signedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';

let running: RunningApp;
let sato: Member;
let suzuki: Member;
let kimura: Member;
beforeAll(async () => {
  running = await startApp();
  const corporation = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  const { people } = running;
  sato = await people.administratorExists({ corporation, loginId: 'sato', name: '佐藤 花子' });
  suzuki = await people.staffExists({ corporation, loginId: 'suzuki', name: '鈴木 次郎' });
  const other = { corporateNumber: '7654321', name: 'あおば商事株式会社' };
  kimura = await people.administratorExists({
    corporation: await people.corporationExists(other),
    loginId: 'kimura',
    name: '木村 葵',
  });
});
afterAll(() => running.stop());

async function rows({ id }: Member = suzuki) {
  const found = await running.pool.query(
    `select reason, corporation_id is not null as "isOfCompany", host(address) as address,
            request_id as "requestId", facts->>'method' as method, facts->>'path' as path
     from audit_entries where act = 'page-access' and account_id = $1 and not facts ? 'count'
     order by id`,
    [id],
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
  expect(page.facts.リクエスト番号).toBe(requestId);
  expect(await rows()).toMatchObject([
    { ...refused, address, requestId, method: 'GET', path: '/accounts' },
    { ...refused, address, method: 'POST', path: '/accounts/deletion' },
  ]);
  const log = await (await signedIn(running, sato)).opens('/log');
  expect(log.text).toContain('権限のないページを開こうとしました');
  expect(log.text).toContain('管理者ではない方でした');
  expect(log.text).toContain('ページ：/accounts/deletion');
  expect(log.text).not.toContain('secret');
});

it('tries beyond twenty an hour are one row with their number', async () => {
  await running.clock.advance('1 hour');
  const person = await signedIn(running, suzuki);
  const before = (await rows()).length;
  for (let times = 0; times < 23; times += 1) await person.sends('GET', '/log');
  const again = await signedIn(running, suzuki);
  await again.sends('GET', '/log');
  expect((await rows()).length - before).toBe(20);
  await running.app.get(HourlyCounts).write();
  await running.clock.advance('1 hour');
  await running.app.get(HourlyCounts).log();
  const counted = await running.pool.query(
    `select facts->'count' as count from audit_entries
     where act = 'page-access' and account_id = $1 and facts ? 'count'`,
    [suzuki.id],
  );
  expect(counted.rows).toEqual([{ count: 4 }]);
});

it("a try at what another company has stands in the own company's log, without what it was", async () => {
  const person = await signedIn(running, sato);
  const page = await person.sends('GET', `/accounts/${kimura.id}`);
  const post = await person.sends('POST', '/accounts/deletion', {
    fields: { accountId: kimura.id, confirmed: 'yes' },
  });
  const nobody = await person.sends('GET', `/accounts/${randomUUID()}`);
  const unknown = await person.sends('GET', '/accountz/1');
  const answers = [page, post, nobody, unknown];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  const refused = { reason: 'not-of-company', isOfCompany: true };
  const requestId = page.headers['x-request-id'];
  expect(await rows(sato)).toMatchObject([
    { ...refused, requestId, method: 'GET', path: '/accounts/:id' },
    { ...refused, method: 'POST', path: '/accounts/deletion' },
    { ...refused, method: 'GET', path: '/accounts/:id' },
  ]);
  const traces = await running.pool.query(
    'select from audit_entries where corporation_id = (select corporation_id from accounts where id = $1)',
    [kimura.id],
  );
  expect(traces.rowCount).toBe(0);
  const { text } = await person.opens('/log');
  expect(text).toContain('この会社にはないページでした');
  expect(text).not.toContain(kimura.id);
});

it.each(['/activation', '/invitation'])(
  'a link that is cut shows at %s its number, and the desk',
  async (path) => {
    const { facts, headers, root, status } = await running.visitor().opens(path);
    expect([status, facts.リクエスト番号]).toEqual([410, headers['x-request-id']]);
    expect(root.querySelectorAll('main .gk-desk')).toHaveLength(1);
    expect(root.querySelector('main a[href^="/contact?requestNumber="]')!.text).toBe(
      'お問い合わせ',
    );
  },
);
