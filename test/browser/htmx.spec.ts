import type { Page } from 'playwright-core';
import { startApp, type RunningApp } from '../support/app.js';
import { Chromium, type PageOptions } from '../support/chromium.js';
import type { Corporation } from '../support/people.js';
import { applicant } from '../support/registration.js';
import { reportViolations } from './findings.js';
import { buttonOf, fieldOf, linkOf } from './hands.js';
import { entersDetails, entersNumbers, signsIn, submits } from './wizard.js';

const SERVICE = '法人WEBシステム';
const OFFLINE = '通信できませんでした';

let genkan: RunningApp;
let chromium: Chromium;
let companies = 0;

beforeAll(async () => {
  genkan = await startApp();
  chromium = await Chromium.start(genkan.url);
});
afterEach(() => expect(chromium.faults.splice(0)).toEqual([]));
afterAll(async () => {
  await chromium.stop();
  await genkan.stop();
});

async function newPage(options: PageOptions = {}): Promise<Page> {
  const page = await chromium.newPage(options);
  await reportViolations(page);
  return page;
}

function company(): Promise<Corporation> {
  companies += 1;
  const corporateNumber = String(2_000_000 + companies);
  return genkan.people.corporationExists({ corporateNumber, name: '株式会社さくら' });
}

/** A page of the wizard that was reached by HTMX. */
async function atDetails(options: PageOptions = {}): Promise<Page> {
  const page = await newPage(options);
  await entersNumbers(page, await company());
  await page.waitForURL('**/initiate/details?flow=*');
  return page;
}

async function atConfirmation(loginId: string, options: PageOptions = {}): Promise<Page> {
  const page = await newPage(options);
  await entersDetails(page, await company(), applicant(loginId));
  await page.waitForURL('**/initiate/confirmation?flow=*');
  return page;
}

async function marksHeader(page: Page): Promise<void> {
  await page.locator('header').evaluate((header) => (header.dataset.marked = ''));
}

it('a link fetches a fragment, and the page around it stays', async () => {
  const page = await newPage();
  await page.goto('/initiate');
  await marksHeader(page);
  const asked = page.waitForRequest('**/initiate/numbers');
  await linkOf(page, '登録へ進む').click();
  const request = await asked;
  expect(request.headers()).toMatchObject({ 'hx-request': 'true', 'hx-request-type': 'partial' });
  expect(await (await request.response())!.text()).toMatch(/^<title>/);
  await page.waitForURL('**/initiate/numbers');
  await page.locator('header[data-marked]').waitFor();
});

it('after a link the heading has the focus and the title is announced', async () => {
  const page = await newPage();
  await page.goto('/login');
  await linkOf(page, '新規登録').click();
  await page.locator('h1:focus', { hasText: '新規登録' }).waitFor();
  expect(await page.title()).toBe(`新規登録 | ${SERVICE}`);
  expect(await page.getByRole('status').first().textContent()).toBe(`新規登録 | ${SERVICE}`);
});

it('a refused form comes back with its errors in focus, what was typed, and no password', async () => {
  const page = await atDetails();
  await marksHeader(page);
  const values = { ...applicant('suzuki'), email: 'suzuki', passwordConfirmation: 'another-77' };
  expect(await submits(page, values)).toBe(422);
  await page.locator('.gk-summary:focus').waitFor();
  expect(await page.title()).toBe(`エラー：新規登録 | ${SERVICE}`);
  expect(await fieldOf(page, '氏名').inputValue()).toBe('佐藤 花子');
  expect(await fieldOf(page, 'メールアドレス').inputValue()).toBe('suzuki');
  expect(await fieldOf(page, 'パスワード').inputValue()).toBe('');
  expect(await fieldOf(page, 'パスワード確認').inputValue()).toBe('');
  await page.locator('header[data-marked]').waitFor();
});

it('a sentence of the error summary leads to its field', async () => {
  const page = await newPage();
  await page.goto('/initiate/numbers');
  await submits(page);
  await linkOf(page, 'お振込先口座番号を入力してください。').click();
  await page.locator('#field-transferAccountNumber:focus').waitFor();
});

it.each([true, false])('変更 leads to its field (JavaScript: %s)', async (javaScript) => {
  const page = await atConfirmation('sato-change', { javaScript });
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
  await entersNumbers(tab, await company());
  await page.reload();
  expect(await page.locator('main [name=flow]').inputValue()).toBe(flow);
});

it('Back asks for the whole page and shows the filled form, which still works', async () => {
  const page = await atConfirmation('sato-back');
  const asked = page.waitForRequest('**/initiate/details?flow=*');
  await page.evaluate(() => history.back());
  expect((await asked).headers()).toMatchObject({ 'hx-history-restore-request': 'true' });
  await fieldOf(page, '氏名').waitFor();
  expect(await fieldOf(page, '氏名').inputValue()).toBe('佐藤 花子');
  await marksHeader(page);
  await submits(page, { name: '佐藤 次郎' });
  await page.waitForURL('**/initiate/confirmation?flow=*');
  await page.getByText('佐藤 次郎').waitFor();
  await page.locator('header[data-marked]').waitFor();
});

it('Back to the numbers shows the one that may be shown', async () => {
  const page = await atDetails();
  await page.evaluate(() => history.back());
  await page.waitForURL('**/initiate/numbers*');
  await fieldOf(page, '法人番号').waitFor();
  expect(await fieldOf(page, '法人番号').inputValue()).toMatch(/^20000\d\d$/);
});

it.each([true, false])('a double click registers once (JavaScript: %s)', async (javaScript) => {
  const page = await atConfirmation(`sato-twice-${javaScript}`, { javaScript });
  await buttonOf(page, '登録').dblclick();
  await page.waitForURL('**/initiate/completed?flow=*');
  await page.getByText('新規登録受付完了').first().waitFor();
  await genkan.mailbox.mailTo(`sato-twice-${javaScript}@example.jp`);
  await genkan.mailbox.nothingFor(`sato-twice-${javaScript}@example.jp`);
});

it('without a network the form stays as it is and can be sent later', async () => {
  const page = await atDetails();
  await fieldOf(page, '氏名').fill('佐藤 花子');
  await page.context().setOffline(true);
  await buttonOf(page, '確認').click();
  await page.getByRole('alert').filter({ hasText: OFFLINE }).waitFor();
  expect(await fieldOf(page, '氏名').inputValue()).toBe('佐藤 花子');
  await page.context().setOffline(false);
  const { password, ...entered } = applicant('sato-offline');
  await submits(page, { ...entered, password, passwordConfirmation: password });
  await page.waitForURL('**/initiate/confirmation?flow=*');
  expect(await page.getByText(OFFLINE).count()).toBe(0);
  expect(chromium.faults.splice(0).join()).toMatch(/ERR_INTERNET_DISCONNECTED/);
});

it('whoever signed out in another tab is led to the login page and back', async () => {
  const corporation = await company();
  const sato = await genkan.people.administratorExists({
    corporation,
    loginId: 'sato',
    name: '佐藤 花子',
  });
  const page = await newPage();
  await signsIn(page, 'sato', sato.password);
  await linkOf(page, 'よくある質問').first().click();
  await page.waitForURL('**/help');
  const tab = await page.context().newPage();
  await tab.goto('/');
  await buttonOf(tab, 'ログアウト').click();
  await tab.waitForURL('**/login');
  await linkOf(page, 'TOPページ').click();
  await page.waitForURL('**/login?next=%2F');
  await submits(page, { loginId: 'sato', password: sato.password });
  await page.waitForURL(`${genkan.url}/`);
});

it('the language changes on the page that HTMX led to, and back again', async () => {
  const page = await newPage();
  await page.goto('/login');
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

it('表示 shows the password, hides it again, and never sends it visible', async () => {
  const page = await atDetails();
  const password = page.locator('#field-password');
  await password.fill('kaede-1192-tsuki');
  await buttonOf(page, '表示 （パスワード）').click();
  expect(await password.getAttribute('type')).toBe('text');
  await page.getByRole('status').filter({ hasText: 'パスワードを表示しています' }).waitFor();
  await buttonOf(page, '非表示 （パスワード）').click();
  expect(await password.getAttribute('type')).toBe('password');
  await page.getByRole('status').filter({ hasText: 'パスワードを隠しました' }).waitFor();
  await buttonOf(page, '表示 （パスワード）').click();
  await submits(page);
  expect(await password.getAttribute('type')).toBe('password');
});
