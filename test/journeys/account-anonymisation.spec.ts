import { Anonymisation } from '../../src/accounts/members/anonymisation.js';
import { startApp, type RunningApp } from '../support/app.js';
import { accepts, invitationTo, invited, invites, office } from '../support/invitation.js';
import { companyExists, deletes, signedIn } from '../support/members.js';
import { FILLED, type Member } from '../support/people.js';
import { setsUpFactor } from '../support/second-factor.js';
import { applicant, entersDetails, entersNumbers } from '../support/registration.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));

const anonymise = () => running.app.get(Anonymisation).run();

/** The invitation that somebody came by, a change of the mail address, and a registration. */
async function leavesTraces({ id, corporation, name, email }: Member): Promise<void> {
  const { nameKana, department, phone } = FILLED;
  await running.pool.query(
    `insert into invitations (corporation_id, role, name, name_kana, department, phone, email, email_key,
       ends_at, used_at, account_id)
     values ($1, 'staff', $2, $5, $6, $7, $3, $3, genkan_now(), genkan_now(), $4)`,
    [corporation.id, name, email, id, nameKana, department, phone],
  );
  await running.pool.query(
    `insert into email_changes (account_id, email, ends_at, former_email)
     values ($1, $2, genkan_now(), $2)`,
    [id, email],
  );
  await running.pool.query(
    `insert into enrollments (case_number, kind, state, corporation_id, account_id, corporate_number,
       applicant, applicant_email, newcomer_statement, address)
     values ('SUZU-KIKI', 'initial', 'completed', $1, $2, $3, $4, $5, $4, '192.0.2.1')`,
    [corporation.id, id, corporation.corporateNumber, name, email],
  );
  await running.pool.query(
    `with asked as (
       insert into desk_cases (case_number, kind, corporation_id, account_id, due_at, sealed_question)
       values ('SUZU-ASKS', 'question', $1, $2, genkan_now(), 'suzuki') returning id),
     helper as (
       insert into operators (login_id, login_id_key, name, email)
       values ('nakai', 'nakai', '中井', 'nakai@desk.example') returning id)
     insert into desk_case_entries (desk_case_id, operator_id, kind, text, account_id)
     select asked.id, helper.id, 'answer', '鈴木 様', $2 from asked, helper`,
    [corporation.id, id],
  );
}

async function rowOf({ id }: Member): Promise<Record<string, unknown>> {
  const { rows } = await running.pool.query('select * from accounts where id = $1', [id]);
  return rows[0];
}

const KEPT = ['id', 'corporation_id', 'role', 'state', 'language', 'deleted_by', 'deleted_from'];
const PERSONAL = [
  'login_id',
  'login_id_key',
  'password_hash',
  'name',
  'name_kana',
  'department',
  'phone',
  'email',
  'email_key',
  'last_sign_in_address',
];

/** Every text of a row that the history does not need. */
function textsOf(row: Record<string, unknown>): Record<string, unknown> {
  const texts = Object.entries(row).filter(
    ([column, value]) => typeof value === 'string' && !KEPT.includes(column),
  );
  return Object.fromEntries(texts);
}

it('nothing personal is left, and the history stays', async () => {
  const company = await companyExists(running);
  const { suzuki } = company;
  await setsUpFactor(running, await signedIn(running, suzuki));
  await deletes(running, company, suzuki);
  await leavesTraces(suzuki);
  expect(Object.keys(textsOf(await rowOf(suzuki)))).toEqual(PERSONAL);
  await running.clock.advance('30 days');
  await anonymise();
  await anonymise();
  const row = await rowOf(suzuki);
  expect(row).toMatchObject({ state: 'deleted', role: 'staff', last_sign_in_address: null });
  expect(row.second_factor_since).toBe(null);
  for (const table of ['totp_secrets', 'recovery_codes', 'passkeys'])
    expect((await running.pool.query(`select from ${table}`)).rowCount).toBe(0);
  expect(textsOf(row)).toEqual({
    ...Object.fromEntries(PERSONAL.map((column) => [column, ''])),
    login_id_key: expect.stringMatching(/^sha256:[\da-f]{64}$/),
    last_sign_in_address: undefined,
  });
  const statement = `select count(*)::int, max(facts ->> 'target') as target from audit_entries
    where act = 'account-anonymisation' and corporation_id = $1`;
  const { rows } = await running.pool.query(statement, [company.corporation.id]);
  expect(rows).toEqual([{ count: 1, target: suzuki.id }]);
  for (const table of [
    'mail_deliveries',
    'invitations',
    'email_changes',
    'enrollments',
    'desk_cases',
    'desk_case_entries',
  ]) {
    const found = await running.pool.query(`select * from ${table} where account_id = $1`, [
      suzuki.id,
    ]);
    expect(found.rowCount).toBeGreaterThan(0);
    expect(found.rows.every(({ sealed_question }) => sealed_question == null)).toBe(true);
    expect(JSON.stringify(found.rows)).not.toMatch(/鈴木|テスト|suzuki|営業部|06-1111/);
  }

  const person = await signedIn(running, company.sato);
  await person.opens('/accounts?state=deleted');
  expect(person.page.text).toContain('（個人情報を消去した利用者）');
  await person.follows('（個人情報を消去した利用者）');
  expect(person.page.status).toBe(410);
  const gone = await signedIn(running, suzuki);
  expect(gone.page.status).toBe(422);
});

it('the mails to somebody who was invited are forgotten with the others', async () => {
  const { person } = await office(running);
  const email = 'invited@sakura.example';
  await invites(person, invited(email));
  await accepts(running.visitor(), await invitationTo(running, email), 'invited-1');
  const { rows } = await running.pool.query<{ id: string }>(
    `select id from accounts where login_id_key = 'invited-1'`,
  );
  await person.sends('POST', '/accounts/deletion', { fields: { accountId: rows[0]!.id } });
  const mails = () =>
    running.pool.query('select from mail_deliveries where recipient = $1', [email]);
  expect((await mails()).rowCount).toBe(2);
  await running.clock.advance('30 days');
  await anonymise();
  expect((await mails()).rowCount).toBe(0);
});

it('the login ID is still nobody else’s', async () => {
  const company = await companyExists(running);
  const { suzuki } = company;
  await deletes(running, company, suzuki);
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
