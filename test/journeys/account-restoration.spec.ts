import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { Anonymisation } from '../../src/accounts/members/anonymisation.js';
import { chooses, companyExists, signedIn, type Company } from '../support/members.js';
import type { Member } from '../support/people.js';
import { applicant, entersDetails, entersNumbers } from '../support/registration.js';

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
  const gone = of(company);
  const person = await signedIn(running, company.sato);
  await chooses(person, gone);
  await person.presses('削除');
  await running.mailbox.mailTo(gone.email);
  return [company, gone, person];
}

const anonymise = () => running.app.get(Anonymisation).run();

/** The invitation that somebody came by, and a change of the mail address. */
async function leavesTraces({ id, corporation, name, email }: Member): Promise<void> {
  await running.pool.query(
    `insert into invitations (corporation_id, role, name, name_kana, department, phone, email, email_key,
       ends_at, used_at, account_id)
     values ($1, 'staff', $2, '', '', '', $3, $3, genkan_now(), genkan_now(), $4)`,
    [corporation.id, name, email, id],
  );
  await running.pool.query(
    `insert into email_changes (account_id, email, ends_at, former_email)
     values ($1, $2, genkan_now(), $2)`,
    [id, email],
  );
}

async function rowOf({ id }: Member): Promise<Record<string, unknown>> {
  const { rows } = await running.pool.query('select * from accounts where id = $1', [id]);
  return rows[0];
}

it('a deleted person comes back with role and history, but without sessions', async () => {
  const [company, tanaka, person] = await afterDeletion(({ tanaka }) => tanaka);
  const before = await signedIn(running, company.sato);
  await person.follows('元に戻す', '田中 健');
  expect(person.page.h1).toBe('削除した担当者を元に戻す');
  expect(person.page.facts).toMatchObject({
    権限: '管理者',
    元に戻せる期限: '2026年12月22日(火) 18時30分まで（日本時間）',
  });
  await before.opens(`/accounts/${tanaka.id}/restoration`);
  await person.presses('元に戻す');
  expect(person.page.path).toBe('/accounts');
  expect(person.page.notice).toContain('担当者を元に戻しました。');
  const mail = await running.mailbox.mailTo(tanaka.email);
  expect(mail.subject).toContain('アカウント復元のお知らせ');
  expect(mail.text).toContain('以前と同じパスワードでログインできます。');

  await before.presses('元に戻す');
  expect(before.page.status).toBe(409);
  expect(before.page.text).toContain('この担当者は削除されていません。');
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

describe('after 30 days', () => {
  it('nothing personal is left, and the history stays', async () => {
    const [company, suzuki] = await afterDeletion(({ suzuki }) => suzuki);
    await leavesTraces(suzuki);
    await running.clock.advance('30 days');
    await anonymise();
    await anonymise();
    const row = await rowOf(suzuki);
    expect(JSON.stringify(row)).not.toMatch(/鈴木|スズキ|suzuki|argon2/);
    expect(row).toMatchObject({ state: 'deleted', role: 'staff', name: '', email: '' });
    const statement = `select count(*)::int, max(facts ->> 'target') as target from audit_entries
      where act = 'account-anonymisation' and corporation_id = $1`;
    const { rows } = await running.pool.query(statement, [company.corporation.id]);
    expect(rows).toEqual([{ count: 1, target: suzuki.id }]);
    for (const table of ['mail_deliveries', 'invitations', 'email_changes']) {
      const found = await running.pool.query(`select * from ${table} where account_id = $1`, [
        suzuki.id,
      ]);
      expect(found.rowCount).toBeGreaterThan(0);
      expect(JSON.stringify(found.rows)).not.toMatch(/鈴木|スズキ|suzuki/);
    }

    const person = await signedIn(running, company.sato);
    await person.opens('/accounts?state=deleted');
    expect(person.page.text).toContain('（保存期間を過ぎた担当者）');
    await person.follows('（保存期間を過ぎた担当者）');
    expect(person.page.status).toBe(410);
    const gone = await signedIn(running, suzuki);
    expect(gone.page.status).toBe(422);
  });

  it('the login ID is still nobody else’s', async () => {
    const [, suzuki] = await afterDeletion(({ suzuki }) => suzuki);
    await running.clock.advance('31 days');
    await anonymise();
    const corporation = await running.people.corporationExists({
      corporateNumber: '88',
      name: '株式会社もみじ',
    });
    const person = running.visitor();
    await entersNumbers(person, corporation);
    await entersDetails(person, applicant(suzuki.loginId.toUpperCase()));
    await person.presses('登録');
    expect(person.page.status).toBe(422);
    expect(person.page.errors.join()).toContain('このログインIDは使えません');
  });
});
