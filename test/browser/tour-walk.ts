import type { Page } from 'playwright-core';
import { CHOSEN, type Tourist } from './tourist.js';
import { opens } from './wizard.js';

const AOBA = { corporateNumber: '1000001', transferAccountNumber: '0012345' };
const MINATO = { corporateNumber: '2000002', transferAccountNumber: '2345678' };

/** All stops in their order, by one browser. */
export async function takesTour(page: Page, tourist: Tourist): Promise<void> {
  await tourist.starts(1);
  await tourist.registers(AOBA, 'aoki', 'aoki@aoba.example');

  await tourist.starts(2);
  await tourist.submits({ loginId: 'takahashi-demo', password: 'wrong-2026' });
  await tourist.submits({ loginId: 'takahashi-demo', password: 'genkan-demo-2026' });
  await page.getByText('1回のログイン失敗がありました').waitFor();

  await tourist.starts(3);
  await tourist.submits({ email: 'suzuki@minato.example' });
  await tourist.opensMailTo('suzuki@minato.example');
  await tourist.submits(MINATO);
  await tourist.submits(CHOSEN);
  await tourist.submits();

  await tourist.starts(4);
  await tourist.registers(MINATO, 'yamada', 'yamada@minato.example');

  await tourist.starts(5);
  await tourist.opensMailTo('sato@minato.example', '管理者が追加登録されました');
  await tourist.submits();

  await tourist.starts(6);
  await opens(page, '/accounts/new');
  await page.locator('[name=role][value=staff]').check();
  const kobayashi = { name: '小林 薫', nameKana: 'コバヤシ', email: 'kobayashi@tsubame.example' };
  await tourist.submits(kobayashi);
  await tourist.opensMailTo(kobayashi.email);
  await tourist.submits({ loginId: 'kobayashi', ...CHOSEN });
  await tourist.starts(6, 5);
  const path = await page.getByRole('link', { name: '小林 薫' }).first().getAttribute('href');
  await opens(page, `${path}/suspension`);
  await tourist.submits();

  await tourist.starts(7);
  await tourist.submits({ email: 'ito.misaki@tsubame.example' });
  await tourist.opensMailTo('ito.misaki@tsubame.example');
  await tourist.submits();
  await tourist.opensMailTo('ito@tsubame.example');
  await tourist.submits();

  await tourist.starts(8);
  await opens(page, '/ip-restriction/draft');
  await tourist.posts('button[name=act][value=own]');
  await opens(page, '/ip-restriction/trial');
  await tourist.posts('button[name=act][value=start]');
  await opens(page, '/ip-restriction/confirmation');
  await tourist.posts('form[action="/ip-restriction/confirmation"] button');
  await opens(page, '/ip-restriction/tickets');
  const sheet = await page.locator('main').innerText();
  const [ticket = ''] = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(sheet)!;

  await tourist.starts(9);
  await page.getByRole('button', { name: '外出先から田中 様としてログイン' }).click();
  await page.getByRole('heading', { name: 'アクセス制限エラー' }).waitFor();
  const lane = page.locator('form:has([name=ticket])');
  await lane.locator('[name=password]').fill('genkan-demo-2026');
  await lane.locator('[name=ticket]').fill(ticket);
  await tourist.posts('form:has([name=ticket]) button[type=submit]');

  await opens(page, '/dev');
  // It leads to the page that it is on.
  const shownAgain = page.waitForEvent('load');
  await page.getByRole('button', { name: '元の接続元に戻す' }).click();
  await shownAgain;
  await tourist.entersCode(10);

  await tourist.entersCode(11);
  await page.locator('[name=policy][value=administrators]').check();
  await page.getByRole('button', { name: '変更の確認へ進む' }).click();
  await page.waitForURL(/\/security\/policy/);
  await tourist.submits();

  await tourist.starts(12);
  await page.getByRole('link', { name: '確認コードを入力できない方' }).click();
  await page.waitForURL(/\/lost-factor$/);
  await tourist.submits();
  await opens(page, '/dev');
  await tourist.entersCode(12, '渡辺 舞 様としてログイン');
  await opens(page, '/accounts');
  const ogawa = await page.getByRole('link', { name: '小川 亮' }).first().getAttribute('href');
  await opens(page, `${ogawa}/second-factor`);
  await tourist.submits();
  await tourist.confirms(12);

  await tourist.entersDesk(13);
  await tourist.submits({ q: '小川 亮' });
  await page.getByRole('link', { name: '小川 亮' }).first().click();
  await page.waitForURL(/\/desk\/accounts\//);
  await opens(page, '/desk/cases');
  await page.locator('main .gk-table a').first().click();
  await page.getByRole('link', { name: '登録を取り消す' }).click();
  await page.waitForURL(/\/decisions\/dismiss$/);
  await tourist.submits({ why: '前任の方から、在籍されていると伺いました。' });
  await tourist.confirms(13);
  await tourist.submits();
}
