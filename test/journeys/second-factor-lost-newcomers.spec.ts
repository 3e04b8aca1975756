import { startApp, type RunningApp } from '../support/app.js';
import {
  beginsRemoval,
  newsMail,
  outcomeOf,
  smallCompany,
  type SmallCompany,
} from '../support/lost-factor.js';
import { signedIn } from '../support/members.js';

let running: RunningApp;
let company: SmallCompany;
beforeAll(async () => {
  running = await startApp();
  company = await smallCompany(running);
  await beginsRemoval(running, company);
});
afterAll(() => running.stop());

it('asks no newcomer whose own case is undecided, by mail or on a page', async () => {
  const { corporation, sato, billing } = company;
  const own = { corporation, name: '高木 次郎', loginId: `takagi-${corporation.corporateNumber}` };
  const takagi = await running.people.administratorExists(own);
  const other = { ...own, name: '石井 三郎', loginId: `ishii-${corporation.corporateNumber}` };
  const ishii = await running.people.administratorExists({ ...other, email: billing });
  const link = running.mailbox.linkIn(await newsMail(running, company.yamada.email));
  await running.pool.query(
    `update accounts set probation_ends_at = genkan_now() + interval '1 day'
     where login_id = any($1)`,
    [[takagi.loginId, ishii.loginId, company.yamada.loginId]],
  );
  const newcomer = await signedIn(running, takagi);
  expect(newcomer.page.text).not.toContain('お手続きが進んでいます');
  await newcomer.opens('/lost-factor/running');
  expect(newcomer.page.text).toContain('今、進んでいるお手続きはありません。');
  const { rows } = await running.pool.query<{ id: string }>(
    'select id from factor_removals where account_id = $1',
    [sato.id],
  );
  await newcomer.sends('POST', '/lost-factor/running', { fields: { removalId: rows[0]!.id } });
  const stopped = running.visitor();
  await stopped.opens(link);
  expect(stopped.page.html).not.toContain('異議を申し立てる');
  expect(await outcomeOf(running, sato)).toBeNull();
  await running.pool.query(
    `update factor_removals set ended_at = genkan_now(), outcome = 'lapsed' where id = $1`,
    [rows[0]!.id],
  );
  await beginsRemoval(running, company);
  const told = await running.pool.query<{ email: string }>(
    `select coalesce(o.email, a.email) as email from factor_objectors o
     join factor_removals r on r.id = o.removal_id and r.outcome is null
     left join accounts a on a.id = o.account_id where r.account_id = $1`,
    [sato.id],
  );
  expect(told.rows.map(({ email }) => email).toSorted()).toEqual(
    [sato.email, company.suzuki.email, billing].toSorted(),
  );
});
