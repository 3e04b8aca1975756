import type { Page } from 'playwright-core';
import type { PageOptions } from '../support/chromium.js';
import { buttonOf, fieldOf, linkOf } from './hands.js';
import { Stage, type Newcomer } from './stage.js';
import { entersDetails, entersNumbers, opens, submits } from './wizard.js';
import { postsFlood } from '../support/floods.js';

const FLOODED = '203.0.113.77';
const OFFLINE = '通信できませんでした';

const stage = Stage.forThisFile();

/** A page of the wizard that HTMX led to. */
async function atDetails(): Promise<Newcomer & { page: Page }> {
  const page = await stage.newPage();
  const newcomer = await stage.newcomer();
  await entersNumbers(page, newcomer.corporation);
  await page.waitForURL('**/initiate/details?flow=*');
  return { ...newcomer, page };
}

/** A page whose form HTMX does not send. */
async function atLogin(): Promise<Page> {
  const page = await stage.newPage();
  await opens(page, '/login');
  await fieldOf(page, 'ID').fill('suzuki');
  await fieldOf(page, 'パスワード').fill('kaede-1192-tsuki');
  return page;
}

async function atConfirmation(options: PageOptions): Promise<Newcomer & { page: Page }> {
  const page = await stage.newPage(options);
  const newcomer = await stage.newcomer();
  await entersDetails(page, newcomer.corporation, newcomer.entered);
  await page.waitForURL('**/initiate/confirmation?flow=*');
  return { ...newcomer, page };
}

it('a refused form comes back with its errors in focus, what was typed, and no password', async () => {
  const { page, entered } = await atDetails();
  await page.locator('header').evaluate((header) => (header.dataset.marked = ''));
  const typed = { ...entered, email: 'suzuki', passwordConfirmation: 'another-77' };
  expect(await submits(page, typed)).toBe(422);
  await page.locator('.gk-summary:focus').waitFor();
  expect(await page.title()).toBe(`エラー：新規登録 | ${stage.genkan.config.serviceName}`);
  expect(await fieldOf(page, '氏名').inputValue()).toBe(entered.name);
  expect(await fieldOf(page, 'メールアドレス').inputValue()).toBe('suzuki');
  expect(await fieldOf(page, 'パスワード').inputValue()).toBe('');
  expect(await fieldOf(page, 'パスワード確認').inputValue()).toBe('');
  await page.locator('header[data-marked]').waitFor();
});

it.each([true, false])(
  'a sentence of the summary leads to its field (JavaScript: %s)',
  async (javaScript) => {
    const page = await stage.newPage({ javaScript });
    await opens(page, '/initiate/numbers');
    await submits(page);
    await linkOf(page, 'お振込先口座番号を入力してください。').click();
    await page.locator('#field-transferAccountNumber:focus').waitFor();
  },
);

it.each([true, false])('a double click registers once (JavaScript: %s)', async (javaScript) => {
  const { page, entered } = await atConfirmation({ javaScript });
  await buttonOf(page, '登録').dblclick();
  await page.waitForURL('**/initiate/completed?flow=*');
  await page.getByRole('heading', { name: '新規登録受付完了' }).waitFor();
  await stage.genkan.mailbox.mailTo(entered.email);
  await stage.genkan.mailbox.nothingFor(entered.email);
});

it('HTMX sends a form once, however often its button is clicked', async () => {
  const { page } = await atConfirmation({});
  let posts = 0;
  page.on('request', (request) => (posts += Number(request.method() === 'POST')));
  await buttonOf(page, '登録').click({ clickCount: 3 });
  await page.getByRole('heading', { name: '新規登録受付完了' }).waitFor();
  expect(posts).toBe(1);
});

it('without a network the form stays as it is, and can be sent later', async () => {
  const { page, entered } = await atDetails();
  const { password } = entered;
  await fieldOf(page, '氏名').fill(entered.name);
  await fieldOf(page, 'パスワード').fill(password);
  await page.context().setOffline(true);
  await buttonOf(page, '確認').click();
  await page.getByRole('alert').filter({ hasText: OFFLINE }).waitFor();
  await page.locator(':focus', { hasText: OFFLINE }).waitFor();
  expect(await fieldOf(page, '氏名').inputValue()).toBe(entered.name);
  expect(await fieldOf(page, 'パスワード').inputValue()).toBe(password);
  expect(stage.chromium.faults.splice(0).join()).toContain('ERR_INTERNET_DISCONNECTED');

  await page.context().setOffline(false);
  await submits(page, { ...entered, passwordConfirmation: password });
  await page.waitForURL('**/initiate/confirmation?flow=*');
  expect(await page.getByText(OFFLINE).count()).toBe(0);
});

describe('a form that leaves as a whole page', () => {
  it.each(['ログイン', 'English'])('stays while the server does not answer: %s', async (name) => {
    const page = await atLogin();
    await page.route('**', (route) => route.abort());
    await buttonOf(page, name).click();
    await page.locator('[role=alert]:focus', { hasText: OFFLINE }).waitFor();
    expect(await fieldOf(page, 'ID').inputValue()).toBe('suzuki');
    expect(await fieldOf(page, 'パスワード').inputValue()).toBe('kaede-1192-tsuki');
    await page.unrouteAll();
    expect(stage.chromium.faults.splice(0).join()).toContain('ERR_FAILED');

    await buttonOf(page, name).click();
    await page.locator(name === 'English' ? 'html[lang=en]' : '.gk-summary').waitFor();
    expect(await page.locator('#field-loginId').inputValue()).toBe('suzuki');
    expect(await page.locator('#gk-offline').count()).toBe(0);
  });

  it('is sent once, however often its button is clicked', async () => {
    const page = await atLogin();
    let posts = 0;
    page.on('request', (request) => (posts += Number(request.method() === 'POST')));
    await buttonOf(page, 'ログイン').click({ clickCount: 3 });
    await page.locator('.gk-summary').waitFor();
    expect(posts).toBe(1);
  });

  it('leaves at once where the browser cannot send it a second time', async () => {
    const page = await atLogin();
    await page.evaluate(() => Reflect.deleteProperty(HTMLFormElement.prototype, 'requestSubmit'));
    await buttonOf(page, 'ログイン').click();
    await page.locator('.gk-summary').waitFor();
  });
});

it('an error of the server appears above the form, which stays as it is and can be sent later', async () => {
  const { page, entered } = await atDetails();
  const typed = { ...entered, passwordConfirmation: entered.password };
  const alerts = page.locator('main [role=alert]');
  await postsFlood(stage.genkan, FLOODED);
  await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': FLOODED });
  for (let tries = 0; tries < 2; tries += 1) {
    expect(await submits(page, typed)).toBe(429);
    await page.locator('main [role=alert]:focus').waitFor();
    expect(await alerts.count()).toBe(1);
    expect(await fieldOf(page, '氏名').inputValue()).toBe(entered.name);
    expect(await fieldOf(page, 'パスワード').inputValue()).toBe(entered.password);
  }

  await page.context().setExtraHTTPHeaders({});
  expect(await submits(page, typed)).toBe(200);
  await page.waitForURL('**/initiate/confirmation?flow=*');
  expect(await alerts.count()).toBe(0);
});

it('表示 shows the password, hides it again, and never sends it visible', async () => {
  const { page } = await atDetails();
  const password = page.locator('#field-password');
  const told = page.locator('#gk-live[role=status]');
  await password.fill('kaede-1192-tsuki');
  await buttonOf(page, '表示 （パスワード）').click();
  expect(await password.getAttribute('type')).toBe('text');
  expect(await told.textContent()).toBe('パスワードを表示しています');
  await buttonOf(page, '非表示 （パスワード）').click();
  expect(await password.getAttribute('type')).toBe('password');
  expect(await told.textContent()).toBe('パスワードを隠しました');

  await buttonOf(page, '表示 （パスワード）').click();
  await page.context().setOffline(true);
  await buttonOf(page, '確認').click();
  await page.getByRole('alert').filter({ hasText: OFFLINE }).waitFor();
  expect(await password.getAttribute('type')).toBe('password');
  expect(await password.inputValue()).toBe('kaede-1192-tsuki');
  stage.chromium.faults.splice(0);
});

it.each([true, false])(
  'what was too large to send waits behind Back (JavaScript: %s)',
  async (javaScript) => {
    const page = await stage.newPage({ javaScript });
    await opens(page, '/login');
    const id = page.locator('#field-loginId');
    await id.evaluate((field: HTMLInputElement) => (field.value = 'x'.repeat(70_000)));
    await buttonOf(page, 'ログイン').click();
    await page.locator('h1', { hasText: '送信された内容が大きすぎます' }).waitFor();
    expect(await linkOf(page, '空のページから入力し直す').isVisible()).toBe(true);
    await page.goBack();
    await id.waitFor();
    expect(await id.inputValue()).toHaveLength(70_000);
  },
);
