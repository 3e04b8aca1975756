import type { Page } from 'playwright-core';
import { companyExists } from '../support/members.js';
import { findings } from './findings.js';
import { buttonOf } from './hands.js';
import { Stage } from './stage.js';
import { comesSignedIn, opens } from './wizard.js';

const stage = Stage.forThisFile();
const HINT = 'チェックを付けて「削除」を押すと';

const LISTS = [
  { path: '/accounts', button: '削除', others: ['鈴木 一郎', '田中 健', '佐藤 花子'] },
  { path: '/accounts/handover', button: '選んだ方の削除へ進む', others: ['鈴木 一郎', '田中 健'] },
];

const boxOf = (page: Page, name: string) => page.getByRole('checkbox', { name });
const everybody = (page: Page) => boxOf(page, 'このページの全員を選ぶ');
const told = (page: Page) => page.locator('[data-gk-selected]');

describe.each([1280, 320])('in a window of %s px', (width) => {
  it.each(LISTS)('$path says how many are chosen', async ({ path, button, others }) => {
    const { sato } = await companyExists(stage.genkan);
    const page = await stage.newPage({ width });
    await comesSignedIn(page, sato.loginId, sato.password);
    await opens(page, path);
    expect(await told(page).isVisible()).toBe(false);

    await boxOf(page, others[0]!).check();
    expect(await told(page).innerText()).toBe('1名を選択中');
    expect(await page.locator('#gk-live').textContent()).toBe('1名を選択中');
    if (width === 1280) expect(await isHalfTicked(page)).toBe(true);
    await boxOf(page, others[1]!).check();
    expect(await told(page).innerText()).toBe('2名を選択中');
    expect(await findings(page)).toEqual([]);

    await buttonOf(page, button).click();
    await page.waitForURL((url) => url.pathname === '/accounts/deletion');
    for (const name of others.slice(0, 2)) await page.locator('main').getByText(name).waitFor();
    await page.goBack();
    await page.waitForURL((url) => url.pathname === path);
    expect(await told(page).innerText()).toBe(
      `${await page.locator('[name=accountId]:checked').count()}名を選択中`,
    );
  });
});

it.each(LISTS)('everybody on $path is chosen at once, and nobody again', async (list) => {
  const { sato } = await companyExists(stage.genkan);
  const page = await stage.newPage();
  await comesSignedIn(page, sato.loginId, sato.password);
  await opens(page, list.path);
  await everybody(page).focus();
  await page.keyboard.press('Space');
  expect(await told(page).innerText()).toBe(`${list.others.length}名を選択中`);
  for (const name of list.others) expect(await boxOf(page, name).isChecked()).toBe(true);
  await boxOf(page, '田中 健').uncheck();
  expect(await isHalfTicked(page)).toBe(true);
  await boxOf(page, '田中 健').check();
  expect(await everybody(page).isChecked()).toBe(true);
  await everybody(page).uncheck();
  expect(await told(page).isVisible()).toBe(false);
  for (const name of list.others) expect(await boxOf(page, name).isChecked()).toBe(false);
});

it('the act stays in sight while the list is longer than the window', async () => {
  const { corporation, sato } = await companyExists(stage.genkan);
  for (let n = 0; n < 20; n += 1)
    await stage.genkan.people.staffExists({
      corporation,
      loginId: `many-${n}`,
      name: `中村 ${n}郎`,
    });
  const page = await stage.newPage({ height: 700 });
  await comesSignedIn(page, sato.loginId, sato.password);
  await opens(page, '/accounts');
  await boxOf(page, '佐藤 花子').check();
  await page.locator('h1').scrollIntoViewIfNeeded();
  const { y, height } = (await buttonOf(page, '削除').boundingBox())!;
  expect(y + height).toBeLessThan(700);
});

it('a list that is narrowed without a new page says who is chosen in it', async () => {
  const { sato } = await companyExists(stage.genkan);
  const page = await stage.newPage();
  await comesSignedIn(page, sato.loginId, sato.password);
  await opens(page, '/accounts');
  await everybody(page).check();
  await page.getByLabel('氏名・ログインIDなど').fill('田中');
  await buttonOf(page, '検索').click();
  await page.getByText('全1件中').waitFor();
  expect(await told(page).isVisible()).toBe(false);
  await everybody(page).check();
  expect(await told(page).innerText()).toBe('1名を選択中');
});

it.each(LISTS)('without JavaScript $path works by its boxes alone', async (list) => {
  const { sato } = await companyExists(stage.genkan);
  const page = await stage.newPage({ javaScript: false, width: 320 });
  await comesSignedIn(page, sato.loginId, sato.password);
  await opens(page, list.path);
  expect(await everybody(page).count()).toBe(0);
  expect(await told(page).isVisible()).toBe(false);
  if (list.path === '/accounts') expect(await page.getByText(HINT).isVisible()).toBe(true);
  for (const name of list.others.slice(0, 2)) await boxOf(page, name).check();
  await buttonOf(page, list.button).click();
  await page.waitForURL((url) => url.pathname === '/accounts/deletion');
  for (const name of list.others.slice(0, 2))
    expect(await page.locator('main').getByText(name).first().isVisible()).toBe(true);
});

async function isHalfTicked(page: Page): Promise<boolean> {
  return everybody(page).evaluate((box: HTMLInputElement) => box.indeterminate);
}
