import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { TAMURA } from '../../support/desk-people.js';
import type { Corporation } from '../../support/people.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import { objects } from '../../support/succession.js';

type Applicant = ReturnType<typeof applicant>;

let running: RunningApp;
let operator: Operator;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
beforeEach(() => running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00')));
afterAll(() => running.stop());

/** A company without an administrator whose numbers a thief knows. */
async function newCompany() {
  companies += 1;
  const billing = `keiri-${companies}@kaya.example`;
  const corporation = await running.people.corporationExists({
    corporateNumber: String(8_200_000 + companies),
    name: `かや第${companies}株式会社`,
    billingEmail: billing,
  });
  return { corporation, billing };
}

const linkTo = async (email: string) => running.mailbox.linkIn(await running.mailbox.mailTo(email));

/** @returns the mailed links of the applicant and of the billing contact */
async function registered(company: Awaited<ReturnType<typeof newCompany>>, entered: Applicant) {
  await registers(running.visitor(), company.corporation, entered);
  const own = await linkTo(entered.email);
  return { own, objection: await linkTo(company.billing) };
}

async function caseOf({ loginId }: Applicant): Promise<string> {
  const { rows } = await running.pool.query<{ number: string }>(
    `select case_number as number from enrollments e join accounts a on a.id = e.account_id
     where a.login_id = $1`,
    [loginId],
  );
  return rows[0]!.number;
}

async function administratorsOf({ id }: Corporation): Promise<string[]> {
  const text = `select login_id from accounts where corporation_id = $1 and state = 'active'`;
  return (await running.pool.query(text, [id])).rows.map(({ login_id }) => login_id);
}

it('a registration beside which another one was activated never comes to life', async () => {
  const company = await newCompany();
  const { corporation } = company;
  const [x, y] = [applicant(`thief-x-${companies}`), applicant(`thief-y-${companies}`)];
  const first = await registered(company, x);
  const second = await registered(company, y);
  await activates(running.visitor(), first.own);
  const contact = running.visitor();
  await contact.opens(second.objection);
  expect([contact.page.status, contact.page.h1]).toEqual([410, 'この登録は終わっています']);
  await objects(contact, first.objection);
  expect(contact.page.h1).toBe('異議申し立てを受け付けました');
  const dismissed = await operator.types('enrollment', 'dismiss', await caseOf(x), ...TAMURA);
  expect(dismissed).toMatchObject({ exitCode: 0, err: '' });

  const thief = running.visitor();
  await thief.opens(second.own);
  expect([thief.page.status, thief.page.h1]).toEqual([410, 'お申し込みは終わっています']);
  expect((await thief.sends('POST', second.own, { fields: {} })).status).toBe(410);
  await signsIn(thief, y);
  expect([thief.page.path, thief.page.status]).toEqual(['/activation', 410]);
  expect(thief.page.text).not.toContain('再送する');
  await thief.opens('/password-reset');
  thief.fills('メールアドレス', y.email);
  await thief.presses('送信');
  await running.mailbox.nothingFor(y.email);
  expect(await administratorsOf(corporation)).toEqual([]);

  const honest = applicant(`honest-${companies}`, { email: y.email, loginId: y.loginId });
  await registers(running.visitor(), corporation, honest);
  await activates(running.visitor(), await linkTo(honest.email));
  expect(await administratorsOf(corporation)).toEqual([y.loginId]);
});

it('a registration waits behind one that the desk decides, and can be objected to meanwhile', async () => {
  const company = await newCompany();
  const [x, y] = [applicant(`thief-x-${companies}`), applicant(`thief-y-${companies}`)];
  const first = await registered(company, x);
  const second = await registered(company, y);
  const contact = running.visitor();
  await objects(contact, first.objection);
  await activates(running.visitor(), first.own);
  await objects(contact, second.objection);
  expect(contact.page.h1).toBe('異議申し立てを受け付けました');
  const dismissed = await operator.types('enrollment', 'dismiss', await caseOf(x), ...TAMURA);
  expect(dismissed).toMatchObject({ exitCode: 0, err: '' });
  const thief = running.visitor();
  await activates(thief, second.own);
  expect(thief.page.notice).toContain('異議申し立てがあった');
  expect(await administratorsOf(company.corporation)).toEqual([]);
});

it('a registration is objected to also while an administrator is there, who may go again', async () => {
  const company = await newCompany();
  const { corporation } = company;
  const loginId = `sato-${companies}`;
  await running.people.administratorExists({ corporation, loginId, name: '佐藤 花子' });
  const freezes = () =>
    operator.types('account', 'freeze', loginId, ...TAMURA, '--leaves-no-administrator');
  expect(await freezes()).toMatchObject({ exitCode: 0, err: '' });
  const x = applicant(`thief-x-${companies}`);
  const { own, objection } = await registered(company, x);
  const released = await operator.types('account', 'release', loginId, ...TAMURA);
  expect(released).toMatchObject({ exitCode: 0, err: '' });
  const thief = running.visitor();
  await thief.opens(own);
  expect([thief.page.status, thief.page.h1]).toEqual([410, 'すでに管理者が登録されています']);
  const contact = running.visitor();
  await objects(contact, objection);
  expect(contact.page.h1).toBe('異議申し立てを受け付けました');
  expect(await freezes()).toMatchObject({ exitCode: 0, err: '' });
  await activates(thief, own);
  expect(thief.page.notice).toContain('異議申し立てがあった');
  expect(await administratorsOf(corporation)).toEqual([]);
});
