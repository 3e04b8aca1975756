import { startApp, type RunningApp } from '../support/app.js';
let genkan: RunningApp;
beforeAll(async () => { console.time('start'); genkan = await startApp(); console.timeEnd('start'); });
afterAll(() => genkan.stop());
it('signs in', async () => {
  const corp = await genkan.people.corporationExists({ corporateNumber: '1234567', name: '株式会社さくら' });
  await genkan.people.administratorExists({ corporation: corp, loginId: 'sato', name: '佐藤 花子' });
  const sato = genkan.visitor();
  await sato.opens('/login');
  expect(sato.page.status).toBe(200);
  sato.fills('ID', 'sato');
  sato.fills('パスワード', 'sakura-2026-mochi');
  await sato.presses('ログイン');
  console.log(sato.posted?.status, sato.page.path, sato.page.h1, sato.page.text, sato.page.header);
  await genkan.clock.advance('31 minutes');
  await sato.reloads();
  console.log(sato.page.path, sato.page.title);
  await genkan.mailbox.nothingFor('sato@example.jp');
});
