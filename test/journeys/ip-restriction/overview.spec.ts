import { IpUses } from '../../../src/ip-restriction/ip-uses.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { listExists } from '../../support/ip-lists.js';
import { drafts, HOME, newCompany, signedIn } from '../../support/ip-restriction.js';
import { textOf } from '../../support/page.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T10:00:00+09:00')));

const rowsOf = ({ page }: Visitor) =>
  page.root
    .querySelectorAll('tbody tr')
    .map((row) => row.querySelectorAll('th, td').map((cell) => cell.structuredText.trim()));

it('the list says when each entry admitted somebody last', async () => {
  const { sato, corporation } = await newCompany(running);
  await listExists(running, corporation, ['198.51.100.0/24', '192.0.2.0/24']);
  const person = await signedIn(running, sato);
  await running.app.get(IpUses).write();
  await person.opens('/ip-restriction');
  expect(rowsOf(person).map(([network, , , used]) => [network, used])).toEqual([
    ['192.0.2.0/24', '記録なし'],
    ['198.51.100.0/24', expect.stringMatching(/^(?:2026\/)?11\/22 10:00$/)],
  ]);
  expect(person.page.facts['今お使いのIPアドレス']).toContain('（「本社」に含まれます）');
});

it('the entry that admits the reader is in use, also before that is written', async () => {
  const { sato, corporation } = await newCompany(running);
  await listExists(running, corporation, ['198.51.100.0/24', '192.0.2.0/24']);
  const person = await signedIn(running, sato);
  await person.opens('/ip-restriction');
  expect(rowsOf(person).map(([network, , , used]) => [network, used])).toEqual([
    ['192.0.2.0/24', '記録なし'],
    ['198.51.100.0/24', expect.stringMatching(/^(?:2026\/)?11\/22 10:00$/)],
  ]);
});

it('is for administrators, of their own company', async () => {
  const [one, other] = [await newCompany(running), await newCompany(running)];
  const person = await signedIn(running, one.sato);
  await drafts(person, '198.51.100.0/24,さくらの本社');
  const stranger = await signedIn(running, other.sato);
  for (const path of ['', '/draft', '/draft/check', '/trial', '/versions'])
    expect((await stranger.opens(`/ip-restriction${path}`)).text).not.toContain('さくらの本社');
  const edition = (await person.opens('/ip-restriction/draft')).root
    .querySelector('[name=edition]')!
    .getAttribute('value')!;
  const fields = { act: 'discard', edition };
  expect((await stranger.sends('POST', '/ip-restriction/draft', { fields })).status).toBe(409);
  const staff = await signedIn(running, one.suzuki);
  for (const path of [
    '',
    '/draft',
    '/draft/check',
    '/trial',
    '/confirmation',
    '/ending',
    '/versions',
  ])
    expect([path, (await staff.sends('GET', `/ip-restriction${path}`)).status]).toEqual([
      path,
      403,
    ]);
});

it('says that the desk suspends the restriction, until when and why', async () => {
  const { sato, suzuki, corporation } = await newCompany(running);
  await listExists(running, corporation, ['198.51.100.0/24']);
  await running.pool.query(
    `insert into ip_suspensions (corporation_id, reason, suspended_by, ends_at)
     values ($1, '回線の切り替え', '窓口', genkan_now() + interval '2 hours')`,
    [corporation.id],
  );
  const person = await signedIn(running, sato, HOME);
  await person.opens('/ip-restriction');
  expect(person.page.text).toMatch(/一時停止中 *担当窓口が制限を一時停止している/);
  expect(person.page.text).not.toContain('制限あり');
  expect(person.page.facts).toMatchObject({ 一時停止の理由: '回線の切り替え' });
  expect(person.page.facts['一時停止の期限']).toContain('2026年11月22日(日) 12時00分まで');
  expect(person.page.facts['今お使いのIPアドレス']).toBe(`${HOME} （登録されていません）`);
  const banner = () => textOf(person.page.root.querySelector('main .gk-banner'));
  for (const path of ['/', '/me', '/accounts', '/help']) {
    await person.opens(path);
    expect([path, banner()]).toEqual([path, expect.stringMatching(/^あと2時間0分 担当窓口が/)]);
  }
  await person.opens('/');
  await person.follows(
    'IPアドレス制限の一時停止が終わる前に、登録されているIPアドレスをご確認ください。 登録内容を確認する',
  );
  expect(person.page.path).toBe('/ip-restriction');
  const staff = await signedIn(running, suzuki, HOME);
  expect(staff.page.root.querySelector('.gk-banner')).toBeNull();
  await running.clock.advance('2 hours');
  expect((await signedIn(running, sato, HOME)).page.h1).toBe('アクセス制限エラー');
});

it('of a list that was lifted meanwhile, no suspension is told', async () => {
  const { sato, corporation } = await newCompany(running);
  await listExists(running, corporation, ['198.51.100.0/24']);
  await running.pool.query(
    `insert into ip_suspensions (corporation_id, reason, suspended_by, ends_at)
     values ($1, '電話', '窓口', genkan_now() + interval '1 hour')`,
    [corporation.id],
  );
  await listExists(running, corporation, [], { restricts: false });
  const person = await signedIn(running, sato, HOME);
  expect(person.page.text).not.toContain('停止');
  await person.opens('/ip-restriction');
  expect(person.page.text).toContain('制限なし');
  expect(person.page.text).not.toContain('停止');
});
