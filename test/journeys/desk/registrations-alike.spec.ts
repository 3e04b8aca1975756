import { AbandonedRegistrations } from '../../../src/admin-enrollment/applications/abandoned-registrations.js';
import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { activates, applicant, registers } from '../../support/registration.js';
import { applies } from '../../support/succession.js';

const OVERTAKEN = 'ほかの方が先に登録';
const UEDA = { name: '上田 髙志', nameKana: 'ウエダ タカシ' };

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

const rows = (link: string) =>
  clerk.page.root
    .querySelectorAll('tr')
    .filter((row) => row.querySelector(`th a[href^="/desk/${link}"]`))
    .map(({ text }) => text.replace(/\s+/g, ' ').trim());

it('tell which is which, those that nobody can finish last, and who was overtaken stays so', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '5300051',
    name: 'ひばり商会',
  });
  const [first, second] = [applicant('ueda.t', UEDA), applicant('ueda.t2', UEDA)];
  for (const entered of [first, second]) await registers(running.visitor(), corporation, entered);
  await clerk.searches('上田');
  const numbers = [first, second].map(({ loginId, email }) => {
    const told = new RegExp(`${loginId} ?${email}.*登録未完了 ?受付番号 (.{4}-.{4})`);
    return rows('accounts').flatMap((row) => told.exec(row)?.[1] ?? [])[0];
  });
  expect(new Set(numbers).size).toBe(2);
  expect(numbers).not.toContain(undefined);
  expect(clerk.page.text).not.toContain(OVERTAKEN);

  const fast = applicant('aoki.k', { name: '青木 邉子' });
  await registers(running.visitor(), corporation, fast);
  const mail = await running.mailbox.mailTo(fast.email);
  await activates(running.visitor(), running.mailbox.linkIn(mail));
  const third = applicant('ueda.t3', UEDA);
  await applies(running.visitor(), corporation, third);
  await clerk.searches('上田');
  const [live, ...dead] = rows('accounts');
  expect(live).toMatch(/ueda\.t3.*登録未完了/);
  expect(live).not.toContain(OVERTAKEN);
  expect(dead).toHaveLength(2);
  for (const row of dead) expect(row).toContain(OVERTAKEN);

  await running.pool.query(
    `update accounts set created_at = created_at - interval '8 days' where login_id = any($1)`,
    [[first.loginId, second.loginId]],
  );
  await inUnitOfWork(() => running.app.get(AbandonedRegistrations).clear());
  await clerk.searches(first.loginId);
  expect(rows('accounts').join()).not.toMatch(/ueda\.t /);
  for (const opens of [
    () => clerk.searches(numbers[0]!),
    () => clerk.browser.opens(`/desk/corporations/${corporation.id}`),
  ]) {
    await opens();
    expect(clerk.page.text).toMatch(new RegExp(`${numbers[0]}[^番]*${OVERTAKEN}`));
    expect(clerk.page.text).not.toContain('期限切れ');
  }
});
