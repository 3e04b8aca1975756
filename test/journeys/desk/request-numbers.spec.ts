import { NUMBERS_KEPT, RefusedRequests } from '../../../src/audit/refused-requests.js';
import { CleanUp } from '../../../src/jobs/clean-up.js';
import { createApp } from '../../../src/server/app.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { atDesk } from '../../support/desk-case.js';

let running: RunningApp;
let clerk: Visitor;
beforeAll(async () => {
  running = await startApp();
  clerk = await atDesk(running, 'nakai', '中井');
});
afterAll(() => running.stop());

/** What the desk reads of a number that somebody reads out. */
async function toldOf(number: string): Promise<string> {
  await running.app.get(RefusedRequests).write();
  await clerk.opens(`/desk/search?q=${number}`);
  return clerk.page.text;
}

/** @returns status and number of the page */
async function asks(path: string, init: RequestInit = {}): Promise<[number, string]> {
  const headers = { Origin: running.url, ...init.headers };
  const answer = await fetch(running.url + path, { ...init, headers });
  await answer.arrayBuffer();
  return [answer.status, answer.headers.get('x-request-id')!];
}

const ANSWER = { status: 400, method: 'POST', path: '/login', address: null };
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

it.each<[number, string, RequestInit, string]>([
  [400, '/login/%E0%A4%A', {}, 'URLに、読み取れない部分がありました。'],
  [403, '/login', { method: 'POST', headers: { ...FORM, Origin: 'https://x.example' } }, '/login'],
  [404, '/nowhere/key', {}, '/nowhere/key'],
  [405, '/login', { method: 'PUT' }, 'そのページにはない操作でした。'],
  [410, '/invitation', {}, 'このURLはご利用いただけません'],
  [413, '/login', { method: 'POST', headers: FORM, body: 'a'.repeat(300_000) }, '大きすぎました'],
  [415, '/login', { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: 'a' }, '415'],
])('tells what the number of a page with status %i means', async (status, path, init, told) => {
  const [answered, number] = await asks(path, init);
  expect(answered).toBe(status);
  const text = await toldOf(number);
  expect(text).toContain('このリクエスト番号のエラーのページ');
  expect(text).toContain(String(status));
  expect(text).toContain(told);
});

it('tells what another instance answered, and no key of a link', async () => {
  const other = await createApp(
    Object.assign(Object.create(Object.getPrototypeOf(running.config) as object), running.config),
  );
  try {
    await other.listen(0, '127.0.0.1');
    const key = 'k'.repeat(30);
    const answer = await fetch(`${await other.getUrl()}/desk/set-up/${key}/nothing`);
    expect(answer.status).toBe(404);
    await other.get(RefusedRequests).write();
    const text = await toldOf(answer.headers.get('x-request-id')!);
    expect(text).toContain('/desk/set-up/…');
    expect(text).not.toContain(key);
  } finally {
    await other.close();
  }
});

it('keeps few numbers of a flood, those of other networks, and none for long', async () => {
  const refused = running.app.get(RefusedRequests);
  await refused.write();
  const add = (requestId: string, site: string) =>
    refused.add({ ...ANSWER, requestId, site, person: undefined });
  const count = async () => {
    await refused.write();
    const { rows } = await running.pool.query<{ count: number }>(
      'select count(*)::int as count from refused_requests',
    );
    return rows[0]!.count;
  };
  await running.pool.query('delete from refused_requests');
  for (let n = 0; n < 100_000; n += 1) add(`flood-${n}`, '192.0.2.0/24');
  add('honest', '198.51.100.0/24');
  expect(await count()).toBeLessThanOrEqual(7);
  for (let n = 0; n < 1_000; n += 1) add(`many-${n}`, `10.0.${n}.0/24`);
  refused.add({ ...ANSWER, requestId: 'signed-in', site: '192.0.2.0/24', person: 'somebody' });
  refused.add({
    ...ANSWER,
    requestId: 'lost',
    status: 404,
    site: '192.0.2.0/24',
    person: undefined,
  });
  await refused.write();
  const { rows } = await running.pool.query(
    `select 1 from refused_requests where request_id in ('honest', 'signed-in', 'lost')`,
  );
  expect(rows).toHaveLength(3);
  await running.pool.query('delete from refused_requests');
  await running.pool.query(
    `insert into refused_requests (request_id, at, lane, status, method, path)
     select 'old-' || n, genkan_now() - interval '1 hour' + n * interval '1 ms', 'person', 400, 'GET', '/'
     from generate_series(1, $1) n`,
    [NUMBERS_KEPT + 500],
  );
  refused.add({ ...ANSWER, requestId: 'another', site: '', person: 'somebody else' });
  expect(await count()).toBe(NUMBERS_KEPT + 1);
  await running.pool.query(`update refused_requests set at = genkan_now() - interval '8 days'`);
  await running.app.get(CleanUp).run();
  expect(await count()).toBe(0);
});

it('says that a number is another one, or too old', async () => {
  const text = await toldOf('aaaaaaaa-bbbb');
  expect(text).toContain('番号が違うか、古くて残っていません。');
  expect(text).toContain('運用している方');
});
