import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk, WHY } from '../../support/desk-clerk.js';
import { listExists } from '../../support/ip-lists.js';
import { companyExists, type Company } from '../../support/members.js';

let running: RunningApp;
let clerk: Clerk;
let company: Company;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
beforeEach(async () => {
  await clerk.confirms();
  company = await companyExists(running);
});
afterAll(() => running.stop());

const ofCompany = (act: string) => `/desk/corporations/${company.corporation.id}/acts/${act}`;
const ofSuzuki = (act: string) => `/desk/accounts/${company.suzuki.id}/acts/${act}`;

const ACTS: Record<string, () => string> = {
  close: () => ofCompany('close'),
  open: () => ofCompany('open'),
  'suspend-ip-restriction': () => ofCompany('suspend-ip-restriction'),
  freeze: () => ofSuzuki('freeze'),
  release: () => ofSuzuki('release'),
  'end-sessions': () => ofSuzuki('end-sessions'),
};

it.each(Object.keys(ACTS))(
  '%s is done for nobody whose factor is five minutes old',
  async (act) => {
    const path = ACTS[act]!();
    await running.clock.advance('6 minutes');
    await clerk.browser.opens(path);
    expect(clerk.page.path).toMatch(/^\/desk\/confirmation/);
    await clerk.browser.sends('POST', path, { fields: { why: WHY, hours: '1' } });
    const { rows } = await running.pool.query(
      `select act from audit_entries where corporation_id = $1 and facts ? 'why'`,
      [company.corporation.id],
    );
    expect(rows).toEqual([]);
    await clerk.givesCode();
    // Where the act is not offered, the person's page says so.
    expect(path).toContain(clerk.page.path);
  },
);

it('the form that came too late is there again behind the question, and is done then', async () => {
  await listExists(running, company.corporation, ['198.51.100.0/24']);
  await clerk.browser.opens(ofCompany('suspend-ip-restriction'));
  await running.clock.advance('6 minutes');
  clerk.browser.fills('時間（1〜72）', '7');
  await clerk.acts('IPアドレス制限を一時停止する');
  await clerk.givesCode();
  expect(clerk.page.field('時間（1〜72）').getAttribute('value')).toBe('7');
  expect(clerk.page.field('理由').getAttribute('value')).toBe(WHY);
  await clerk.browser.presses('IPアドレス制限を一時停止する');
  expect(clerk.page.notice).toContain('IPアドレス制限を一時停止しました。');
});

it('the box for stolen accounts stays ticked, too', async () => {
  const { sato, tanaka } = company;
  for (const { id } of [sato, tanaka]) {
    await clerk.browser.opens(`/desk/accounts/${id}/acts/freeze`);
    await clerk.acts('利用を停止する');
  }
  clerk.browser.checks('管理者がいなくなっても、ただちに停止する');
  await running.clock.advance('6 minutes');
  await clerk.browser.presses('利用を停止する');
  await clerk.givesCode();
  await clerk.browser.presses('利用を停止する');
  expect(clerk.page.notice).toContain('田中 健 様の利用を停止しました。');
});
