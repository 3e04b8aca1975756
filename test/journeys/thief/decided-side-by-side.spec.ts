import { ApplicationQueue } from '../../../src/admin-enrollment/applications/application-queue.js';
import { Reviews } from '../../../src/admin-enrollment/applications/reviews.js';
import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { CompanyStates, unregistered, type Unregistered } from '../../support/company-states.js';
import { atDesk } from '../../support/desk-case.js';
import { BY_TAMURA } from '../../support/desk-people.js';
import { activates, applicant, registers, type Applicant } from '../../support/registration.js';
import { provesForReview } from '../../support/succession.js';

let running: RunningApp;
let states: CompanyStates;
let clerk: Visitor;
beforeAll(async () => {
  running = await startApp();
  states = new CompanyStates(running);
  clerk = await atDesk(running, 'tamura', '田村');
});
afterAll(() => running.stop());

/** Whom the thief sends beside the honest applicant, under her name and mailbox. */
const twinOf = ({ honest }: Unregistered): Applicant => ({
  ...honest,
  loginId: `twin-${honest.loginId}`,
});

/** @returns the number of the application in the desk's review */
async function comesBeside({ corporation }: Unregistered, who: Applicant): Promise<string> {
  const person = running.visitor();
  await registers(person, corporation, who);
  return provesForReview(running, person, who, await states.linkTo(who.email));
}

/** A thief's case is at the desk, and two more wait beside it. */
async function threeAtDesk(company: Unregistered, accomplice: Applicant) {
  const thief = await states.isDisputed(company);
  const other = await comesBeside(company, accomplice);
  return { thief, other, honest: await comesBeside(company, company.honest) };
}

const review = () => clerk.page.content('[aria-labelledby=review-title]').text;
const beside = () => clerk.page.content('.gk-case-beside').text;
const form = () => clerk.page.content('form').text;

it('once somebody is in, the page of another application shows all and refuses the grant', async () => {
  const company = await unregistered(running);
  const { corporation, honest } = company;
  const accomplice = applicant(`accomplice-${honest.loginId}`, { name: '手下 太郎' });
  const numbers = await threeAtDesk(company, accomplice);
  await clerk.opens(`/desk/cases/${numbers.other}`);
  expect(review()).toMatch(/種類\s*新規登録\s.*今の管理者\s*いません/s);
  await running.app.get(Reviews).grant(numbers.honest, BY_TAMURA);
  await running.app.get(DeskDecisions).dismiss(numbers.thief, BY_TAMURA);
  await activates(running.visitor(), await states.linkTo(honest.email, '登録のご案内'));
  expect(await states.administratorsOf(corporation)).toEqual([honest.loginId]);

  await clerk.reloads();
  expect(review()).toMatch(/種類\s*管理者の追加登録（お申し込みのときは新規登録）/);
  expect(review()).toMatch(/今の管理者\s*正直 花子 様 確認期間中/);
  for (const each of [numbers.thief, '担当窓口が取り消し', numbers.honest, honest.email])
    expect(beside()).toContain(each);
  expect(clerk.page.text).toContain('管理者のいる法人のため、承認はできません。');
  expect(clerk.page.text).not.toContain('お申し込みを承認する');
  const shown = await new Operator(running).types('enrollment', 'show', numbers.other);
  expect(shown.out).toContain('grant     not possible now: the company has administrators by now.');
  expect(shown.out).toMatch(new RegExp(`${numbers.thief} .*refused`));
  const granted = await running.app.get(Reviews).grant(numbers.other, BY_TAMURA);
  expect(granted).toMatchObject({ ok: false, reason: 'administrators-exist' });
  expect(await states.administratorsOf(corporation)).toEqual([honest.loginId]);
});

it('one that has to wait says so before the grant and after it, and twins are told apart', async () => {
  const company = await unregistered(running);
  const numbers = await threeAtDesk(company, twinOf(company));
  await clerk.opens(`/desk/cases/${numbers.honest}`);
  expect(clerk.page.text).toContain(`事案 ${numbers.thief} が終わるまで、順番を待ちます。`);
  await clerk.opens(`/desk/cases/${numbers.honest}/decisions/grant`);
  expect(form()).toContain(`事案 ${numbers.thief} が終わるまで、順番を待ちます。`);
  expect(form()).toMatch(/正直 花子 様 \S+@example.jp 確認済み/);
  expect(form()).toMatch(/お申し込み\s*2026年.*接続元のIPアドレス\s*10\.[\d.]+（ネットワーク /s);
  expect(beside()).toContain(numbers.other);
  expect(beside()).toMatch(/接続元\s*10\./);
  await running.app.get(Reviews).grant(numbers.honest, BY_TAMURA);
  await clerk.opens(`/desk/cases/${numbers.honest}`);
  expect(clerk.page.facts.お申し込みの状況).toBe(`順番待ち 先に進む事案：${numbers.thief}`);
  await clerk.opens(`/desk/cases/${numbers.other}`);
  expect(beside()).toContain('順番待ち');
  expect(clerk.page.text).toContain(`事案 ${numbers.thief}、${numbers.honest} が終わるまで`);
});

it('whom the desk granted first begins first, whoever proved the mailbox before', async () => {
  const company = await unregistered(running);
  const accomplice = applicant(`first-${company.honest.loginId}`);
  const { thief, other, honest } = await threeAtDesk(company, accomplice);
  for (const number of [honest, other]) await running.app.get(Reviews).grant(number, BY_TAMURA);
  await running.app.get(DeskDecisions).dismiss(thief, BY_TAMURA);
  for (const _ of [honest, other])
    await inUnitOfWork(() => running.app.get(ApplicationQueue).startAll());
  const { rows } = await running.pool.query<{ number: string }>(
    `select case_number as number from enrollments
     where corporation_id = $1 and state = 'awaiting-activation' order by started_at`,
    [company.corporation.id],
  );
  expect(rows.map(({ number }) => number)).toEqual([honest, other]);
});

it('a case in which the desk named somebody waits for no decision', async () => {
  const company = await unregistered(running);
  await states.isNamed(company);
  const number = await comesBeside(company, company.honest);
  await clerk.opens(`/desk/cases/${number}`);
  expect(beside()).toContain('指名された方の確認待ち');
  expect(beside()).toContain('小川 恵 様');
  expect(beside()).not.toContain('判断待ち');
});
