import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { Anonymisation } from '../../src/accounts/members/anonymisation.js';
import { chooses, companyExists, deletes, signedIn, type Company } from '../support/members.js';
import type { Member } from '../support/people.js';

const MOMENT = new Date('2026-11-22T18:30:00+09:00');

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(MOMENT));

/** A company whose 佐藤 deleted somebody at the moment. */
async function afterDeletion(
  of: (company: Company) => Member,
): Promise<[Company, Member, Visitor]> {
  const company = await companyExists(running);
  return [company, of(company), await deletes(running, company, of(company))];
}

const anonymise = () => running.app.get(Anonymisation).run();

async function rowOf({ id }: Member): Promise<Record<string, unknown>> {
  const { rows } = await running.pool.query('select * from accounts where id = $1', [id]);
  return rows[0];
}

it('a deleted person comes back with role and history, but without sessions', async () => {
  const [company, tanaka, person] = await afterDeletion(({ tanaka }) => tanaka);
  const before = await signedIn(running, company.sato);
  await person.follows('元に戻す', '田中 健');
  expect(person.page.h1).toBe('削除した利用者を元に戻す');
  expect(person.page.facts).toMatchObject({ 権限: '管理者' });
  expect(person.page.text).toContain('あと30日');
  expect(person.page.text).toContain('2026年12月22日(火) 18時30分（日本時間）まで');
  await before.opens(`/accounts/${tanaka.id}/restoration`);
  await person.presses('元に戻す');
  expect(person.page.path).toBe('/accounts');
  expect(person.page.notice).toContain('田中 健 様を元に戻しました。');
  const mail = await running.mailbox.mailTo(tanaka.email);
  expect(mail.subject).toContain('アカウント復元のお知らせ');
  expect(mail.text).toContain('以前と同じパスワードでログインできます。');

  await before.presses('元に戻す');
  expect(before.page.status).toBe(409);
  expect(before.page.text).toContain('この利用者は削除されていません。');
  await running.mailbox.nothingFor(tanaka.email);
  const back = await signedIn(running, tanaka);
  expect(back.page.h1).toBe('TOPページ');
  await back.opens('/accounts');
  expect(back.page.status).toBe(200);
});

it('a suspended person comes back suspended', async () => {
  const company = await companyExists(running);
  const { suzuki, sato } = company;
  await running.pool.query(`update accounts set state = 'suspended' where id = $1`, [suzuki.id]);
  const person = await signedIn(running, sato);
  await chooses(person, suzuki);
  await person.presses('削除');
  await person.follows('元に戻す');
  await person.presses('元に戻す');
  expect(await rowOf(suzuki)).toMatchObject({ state: 'suspended', deleted_at: null });
});

it('works to the last second of 30 days, and not a second longer', async () => {
  const [, suzuki] = await afterDeletion(({ suzuki }) => suzuki);
  const [company, other] = await afterDeletion(({ suzuki }) => suzuki);
  await running.clock.stopsAt(new Date('2026-12-22T18:29:59+09:00'));
  await anonymise();
  const person = await signedIn(running, company.sato);
  await person.opens(`/accounts/${other.id}/restoration`);
  const late = person.tab();
  await late.opens(`/accounts/${other.id}/restoration`);
  await running.clock.advance('1 second');
  await late.presses('元に戻す');
  expect(late.page.status).toBe(410);
  expect(late.page.text).toContain('削除から30日を過ぎたため、元に戻せません。');
  await person.opens(`/accounts/${suzuki.id}/restoration`);
  expect(person.page.status).toBe(404);
});

it('nobody of another company can be restored, and nobody who is not deleted', async () => {
  const [, suzuki] = await afterDeletion(({ suzuki }) => suzuki);
  const elsewhere = await companyExists(running);
  const person = await signedIn(running, elsewhere.sato);
  for (const [id, status] of [
    [suzuki.id, 404],
    ['x', 404],
    [elsewhere.tanaka.id, 409],
  ] as const)
    for (const method of ['GET', 'POST'])
      expect(
        (await person.sends(method, `/accounts/${id}/restoration`, { fields: {} })).status,
      ).toBe(status);
  expect(await rowOf(suzuki)).toMatchObject({ state: 'deleted' });
});
