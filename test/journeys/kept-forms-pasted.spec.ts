import { startApp, type RunningApp } from '../support/app.js';
import { companyExists, signedIn, type Company } from '../support/members.js';
import type { Visitor } from '../support/browser.js';

let running: RunningApp;
let company: Company;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  company = await companyExists(running);
});

async function signsInThere(person: Visitor): Promise<void> {
  person.fills('ID', company.sato.loginId);
  person.fills('パスワード', company.sato.password);
  await person.presses('ログイン');
}

const isOpen = ({ page }: Visitor) =>
  page.root.querySelector('details.gk-details')!.hasAttribute('open');

it('pasted lines that were interrupted are in sight again, and only a chosen file is not kept', async () => {
  const person = await signedIn(running, company.sato);
  await person.opens('/ip-restriction/draft');
  expect(isOpen(person)).toBe(false);
  expect(person.page.html).toContain('選んだファイルは、お預かりしません。');
  person.fills('貼り付ける行', '198.51.100.0/24,本社');
  await running.clock.advance('30 minutes');
  await person.presses('貼り付けた行を追加');
  await signsInThere(person);
  expect(person.page.url.pathname).toBe('/ip-restriction/draft');
  expect(person.page.field('貼り付ける行').textContent).toContain('198.51.100.0/24,本社');
  expect(isOpen(person)).toBe(true);
});
