import { AxeBuilder } from '@axe-core/playwright';
import { startApp, type RunningApp } from '../support/app.js';
import { Chromium } from '../support/chromium.js';
let genkan: RunningApp, chromium: Chromium;
beforeAll(async () => { genkan = await startApp(); console.time('chr'); chromium = await Chromium.start(genkan.url); console.timeEnd('chr') });
afterAll(async () => { await chromium.stop(); await genkan.stop(); });
it.each([true, false])('signs in, js %s', async (javaScript) => {
  const corp = await genkan.people.corporationExists({ corporateNumber: '1234567'+javaScript, name: '株式会社さくら' });
  await genkan.people.administratorExists({ corporation: corp, loginId: 'sato'+javaScript, name: '佐藤 花子' });
  const page = await chromium.newPage({ javaScript, width: 320 });
  await page.goto('/login');
  await page.getByLabel('ID', {exact:true}).fill('sato'+javaScript);
  await page.getByLabel('パスワード', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'ログイン' }).click();
  await page.waitForSelector('.gk-summary');
  const axe = await new AxeBuilder({ page }).analyze();
  console.log(page.url(), await page.title(), axe.violations.map(v => v.id), chromium.faults);
  await page.screenshot({ path: '/tmp/chr/shot'+javaScript+'.png' });
});
