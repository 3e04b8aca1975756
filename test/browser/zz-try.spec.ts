import { startApp, type RunningApp } from '../support/app.js';
import { Chromium } from '../support/chromium.js';
import { opens, submits } from './wizard.js';
let genkan: RunningApp, chromium: Chromium;
beforeAll(async () => { genkan = await startApp(); chromium = await Chromium.start(genkan.url); });
afterAll(async () => { await chromium.stop(); await genkan.stop(); });
it('x', async () => {
  const page = await chromium.newPage();
  page.on('response', async (r) => console.log(r.status(), r.url(), JSON.stringify(r.headers()), (await r.text()).slice(0, 300)));
  page.on('console', (m) => console.log(m.text()));
    await opens(page, '/initiate/numbers');
    await submits(page);
    console.log((await genkan.pool.query(`select * from limit_counters`)).rows);
    await genkan.pool.query(
      `update limit_counters set used = 1000000 where key like 'throttle:%'`,
    );
  await page.evaluate(() => { for (const e of ['htmx:error','htmx:response:error','htmx:before:swap','htmx:after:swap']) document.addEventListener(e, (ev: any) => console.log(e, String(ev.detail?.error), ev.detail.ctx?.target, ev.detail.ctx?.status)); });
  await page.locator('main button[type=submit]').first().click();
  await new Promise(r => setTimeout(r, 1500));
  console.log(await page.locator('main').innerText());
});
