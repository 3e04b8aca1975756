import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { atDesk } from '../../support/desk-case.js';
import { NAKAI, TAMURA } from '../../support/desk-people.js';
import { smallCompany, type SmallCompany } from '../../support/lost-factor.js';

let running: RunningApp;
let company: SmallCompany;
beforeAll(async () => {
  running = await startApp();
  company = await smallCompany(running);
});
afterAll(() => running.stop());

it('says of no factor that it was used where a word lapsed for another reason', async () => {
  const { sato } = company;
  const operator = new Operator(running);
  const says = (by: string[]) => operator.types('account', 'remove-factor', sato.loginId, ...by);
  await says(TAMURA);
  await running.pool.query(
    `update desk_cases c set state = 'done', closed_at = genkan_now() from accounts a
     where a.id = c.subject and a.login_id = $1`,
    [sato.loginId],
  );
  // As the factor's next use leaves it, or a case that ended before words ended with it.
  await running.pool.query(
    `update factor_removals r set outcome = 'lapsed', ended_at = genkan_now() from accounts a
     where a.id = r.account_id and a.login_id = $1`,
    [sato.loginId],
  );
  await says(NAKAI);
  const { rows } = await running.pool.query<{ number: string; outcomes: string[] }>(
    `select max(c.case_number) as number, array_agg(r.outcome order by r.created_at) as outcomes
     from factor_removals r join accounts a on a.id = r.account_id
     join desk_cases c on c.subject = a.id where a.login_id = $1 and c.state <> 'done'`,
    [sato.loginId],
  );
  expect(rows[0]!.outcomes).toEqual(['lapsed', null]);
  const desk = await atDesk(running, 'sees-desk', '小松');
  for (const page of ['', '/decisions/remove-factor']) {
    await desk.opens(`/desk/cases/${rows[0]!.number}${page}`);
    expect(desk.page.text).toContain('2段階認証の解除を求めています');
    expect(desk.page.text).not.toContain('使っています');
  }
});
