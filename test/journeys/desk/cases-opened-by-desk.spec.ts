import { randomUUID } from 'node:crypto';
import { startApp, type RunningApp } from '../../support/app.js';
import { WHY } from '../../support/desk-clerk.js';
import { atDesk, deskCases } from '../../support/desk-case.js';
import { companyExists } from '../../support/members.js';
import { hasFactor } from '../../support/second-factor.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('says that a case of a lost factor is open already, and leads there', async () => {
  const { suzuki, corporation } = await companyExists(running);
  await hasFactor(running, suzuki);
  const path = `/desk/cases/new?account=${suzuki.id}`;
  const [ueda, tamura] = [
    await atDesk(running, 'ueda', '上田'),
    await atDesk(running, 'tamura', '田村'),
  ];
  for (const clerk of [ueda, tamura]) {
    await clerk.opens(path);
    clerk.fills('理由', WHY);
  }
  await ueda.presses('事案を作る');
  const { number } = (await deskCases(running, corporation))[0]!;
  expect(ueda.page.notice).toContain(`事案 ${number} を作りました。`);
  await tamura.presses('事案を作る');
  const already = `この件の事案 ${number} は、すでに受け付けています。`;
  expect(tamura.page.notice).toContain(already);
  await ueda.opens(path);
  expect([ueda.page.path, ueda.page.notice]).toEqual([
    `/desk/cases/${number}`,
    expect.stringContaining(already),
  ]);
  const { rows } = await running.pool.query(
    "select id from audit_entries where act = 'case-opening' and corporation_id = $1",
    [corporation.id],
  );
  expect(rows).toHaveLength(1);
});

it('says why there is no case about a factor that nobody has, on the page of the person', async () => {
  const { tanaka } = await companyExists(running);
  const clerk = await atDesk(running, 'nakai', '中井');
  await clerk.opens(`/desk/cases/new?account=${tanaka.id}`);
  expect([clerk.page.status, clerk.page.path]).toEqual([200, `/desk/accounts/${tanaka.id}`]);
  expect(clerk.page.notice).toContain('紛失を受け付ける2段階認証がないため、事案は作れません。');
  await hasFactor(running, tanaka);
  await clerk.opens(`/desk/cases/new?account=${tanaka.id}`);
  clerk.fills('理由', WHY);
  await running.pool.query('update accounts set second_factor_since = null where id = $1', [
    tanaka.id,
  ]);
  await clerk.presses('事案を作る');
  expect(clerk.page.path).toBe(`/desk/accounts/${tanaka.id}`);
  await clerk.opens(`/desk/cases/new?account=${randomUUID()}`);
  expect(clerk.page.status).toBe(404);
});
