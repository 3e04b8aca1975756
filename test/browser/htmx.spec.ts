import type { Page } from 'playwright-core';
import type { PageOptions } from '../support/chromium.js';
import { buttonOf, fieldOf, linkOf } from './hands.js';
import { Stage } from './stage.js';
import { entersDetails, entersNumbers, opens, signsIn, signsOut, submits } from './wizard.js';

const stage = Stage.forThisFile();

async function atDetails(): Promise<Page> {
  const page = await stage.newPage();
  await entersNumbers(page, (await stage.newcomer()).corporation);
  await page.waitForURL('**/initiate/details?flow=*');
  return page;
}

async function atConfirmation(options: PageOptions = {}): Promise<Page> {
  const page = await stage.newPage(options);
  const { corporation, entered } = await stage.newcomer();
  await entersDetails(page, corporation, entered);
  await page.waitForURL('**/initiate/confirmation?flow=*');
  return page;
}

async function goesBack(page: Page): Promise<void> {
  await page.evaluate(() => history.back());
}

async function marksHeader(page: Page): Promise<void> {
  await page.locator('header').evaluate((header) => (header.dataset.marked = ''));
}

it('a link fetches a fragment, and the page around it stays', async () => {
  const page = await stage.newPage();
  await opens(page, '/initiate');
  await marksHeader(page);
  const asked = page.waitForRequest('**/initiate/numbers');
  await linkOf(page, '登録へ進む').click();
  const request = await asked;
  expect(request.headers()).toMatchObject({ 'hx-request': 'true', 'hx-request-type': 'partial' });
  expect(await (await request.response())!.text()).toMatch(/^<title>/);
  await page.waitForURL('**/initiate/numbers');
  await fieldOf(page, '法人番号').waitFor();
  await page.locator('header[data-marked]').waitFor();
});

it.each([true, false])(
  'Enter sends the form, in the language of the page (scripts: %p)',
  async (javaScript) => {
    const page = await stage.newPage({ javaScript });
    await page.goto('/initiate/numbers');
    await fieldOf(page, '法人番号').fill('12');
    await fieldOf(page, '法人番号').press('Enter');
    await page.locator('h1', { hasText: '新規登録' }).waitFor();
    await page.getByRole('heading', { name: '入力内容をご確認ください' }).waitFor();
  },
);

it('the language changes with the form that a link fetched, and without one again', async () => {
  const page = await stage.newPage();
  await opens(page, '/initiate');
  await linkOf(page, '登録へ進む').click();
  await fieldOf(page, '法人番号').fill('1234567');
  await buttonOf(page, 'English').click();
  await page.waitForURL('**/initiate/numbers?resume=*');
  expect(await page.locator('#field-corporateNumber').inputValue()).toBe('1234567');
  await linkOf(page, 'Frequently asked questions').click();
  await page.waitForURL('**/help');
  await buttonOf(page, '日本語').click();
  await page.locator('h1', { hasText: 'よくある質問' }).waitFor();
  expect(page.url()).toBe(`${stage.genkan.url}/help`);
});

it('after a link the heading has the focus and the title is announced', async () => {
  const page = await stage.newPage();
  await opens(page, '/login');
  await linkOf(page, '新規登録').click();
  await page.locator('h1:focus', { hasText: '新規登録' }).waitFor();
  const title = `新規登録 | ${stage.genkan.config.serviceName}`;
  expect(await page.title()).toBe(title);
  expect(await page.locator('#gk-live[role=status]').textContent()).toBe(title);
});

it('a page begins at its top, however far down the button before it was', async () => {
  const page = await stage.newPage({ width: 320, height: 400 });
  const { corporation, entered } = await stage.newcomer();
  await entersDetails(page, corporation, entered);
  await page.locator('h1:focus').waitFor();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await linkOf(page, '戻る').click();
  await fieldOf(page, '氏名').waitFor();
  await page.locator('h1:focus').waitFor();
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

it.each([true, false])('変更 leads to its field (JavaScript: %s)', async (javaScript) => {
  const page = await atConfirmation({ javaScript });
  await linkOf(page, 'ログインIDを変更').click();
  await page.locator('#field-loginId:focus').waitFor();
});

it('the URL stays after a refused form, and leads to it whatever another tab does', async () => {
  const page = await atDetails();
  const url = page.url();
  const flow = await page.locator('main [name=flow]').inputValue();
  await submits(page, { name: '佐藤 花子' });
  expect(page.url()).toBe(url);
  const tab = await page.context().newPage();
  await entersNumbers(tab, (await stage.newcomer()).corporation);
  await page.reload();
  expect(await page.locator('main [name=flow]').inputValue()).toBe(flow);
});

it('Back asks for the whole page and shows the filled form, which still works', async () => {
  const page = await atConfirmation();
  const asked = page.waitForRequest('**/initiate/details?flow=*');
  await goesBack(page);
  expect((await asked).headers()).toMatchObject({ 'hx-history-restore-request': 'true' });
  await fieldOf(page, '氏名').waitFor();
  expect(await fieldOf(page, '氏名').inputValue()).toBe('佐藤 花子');
  await page.getByText('パスワードは入力済みです').waitFor();
  await marksHeader(page);
  await submits(page, { name: '佐藤 次郎' });
  await page.waitForURL('**/initiate/confirmation?flow=*');
  await page.getByText('佐藤 次郎').waitFor();
  await page.locator('header[data-marked]').waitFor();
});

it('Back to the numbers shows 法人番号 as it was entered', async () => {
  const page = await atDetails();
  await goesBack(page);
  await page.waitForURL('**/initiate/numbers*');
  await fieldOf(page, '法人番号').waitFor();
  expect(await fieldOf(page, '法人番号').inputValue()).toMatch(/^10000\d\d$/);
});

it('Back after the registration leads to its end, not into the form', async () => {
  const page = await atConfirmation();
  await submits(page);
  await page.waitForURL('**/initiate/completed?flow=*');
  const restored = page.waitForResponse('**/initiate/completed?flow=*');
  await goesBack(page);
  await restored;
  await page.getByRole('heading', { name: '新規登録受付完了' }).waitFor();
  expect(await buttonOf(page, '登録').count()).toBe(0);
});

it('whoever signed out in another tab is led to the login page and on from there', async () => {
  const { corporation, entered } = await stage.newcomer();
  await stage.genkan.people.administratorExists({ corporation, ...entered });
  const page = await stage.newPage();
  await signsIn(page, entered.loginId, entered.password);
  await linkOf(page, 'よくある質問').first().click();
  await page.waitForURL('**/help');
  const tab = await page.context().newPage();
  await opens(tab, '/');
  await signsOut(tab);
  await tab.waitForURL('**/login');
  await linkOf(page, 'TOPページ').click();
  await page.waitForURL('**/login?next=%2F');
  await submits(page, { loginId: entered.loginId, password: entered.password });
  await page.waitForURL(`${stage.genkan.url}/`);
});

it('Back after signing out shows nothing of the company', async () => {
  const { corporation, entered } = await stage.newcomer();
  await stage.genkan.people.administratorExists({ corporation, ...entered });
  const page = await stage.newPage();
  await signsIn(page, entered.loginId, entered.password);
  await page.getByText('はじめてのログインです。').waitFor();
  await signsOut(page);
  await page.getByText('ログアウトしました。').waitFor();
  await goesBack(page);
  await page.waitForURL('**/login?next=%2F');
  expect(await page.getByText(corporation.name).count()).toBe(0);
});

it('the language changes on the page that HTMX led to, and back again', async () => {
  const page = await stage.newPage();
  await opens(page, '/login');
  await linkOf(page, '新規登録').click();
  await page.waitForURL('**/initiate');
  await buttonOf(page, 'English').click();
  await page.locator('html[lang=en]').waitFor();
  expect(new URL(page.url()).pathname).toBe('/initiate');
  expect(await page.locator('h1').textContent()).toMatch(/^[\x20-\x7e]+$/);
  await buttonOf(page, '日本語').click();
  await page.locator('html[lang=ja]').waitFor();
  expect(await page.locator('h1').textContent()).toBe('新規登録');
});
