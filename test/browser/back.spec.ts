import type { Page } from 'playwright-core';
import { fieldOf } from './hands.js';
import { Stage } from './stage.js';
import { entersNumbers, opens, submits } from './wizard.js';

const stage = Stage.forThisFile();

async function goesBack(page: Page): Promise<void> {
  await page.goBack();
  await page.waitForLoadState();
}

it.each([true, false])(
  'Back from a corrected form leads to what was filled in (JavaScript: %s)',
  async (javaScript) => {
    const page = await stage.newPage({ javaScript });
    const { corporation, entered } = await stage.newcomer();
    await entersNumbers(page, corporation);
    const passwords = { passwordConfirmation: entered.password };
    expect(await submits(page, { ...entered, ...passwords, email: 'suzuki' })).toBe(422);
    const { email, password } = entered;
    await submits(page, { email, password, ...passwords });
    await page.waitForURL('**/initiate/confirmation?flow=*');

    await goesBack(page);
    expect(new URL(page.url()).pathname).toBe('/initiate/details');
    expect(await fieldOf(page, '氏名').inputValue()).toBe(entered.name);
    expect(await page.content()).not.toContain(entered.password);
    await submits(page, { name: '鈴木 一郎', email, password, ...passwords });
    await page.waitForURL('**/initiate/confirmation?flow=*');
    expect(await page.locator('main').innerText()).toContain('鈴木 一郎');
  },
);

it.each(['/initiate/numbers', '/admin-enrollment/numbers'])(
  'without JavaScript the numbers of %s are there behind Back',
  async (path) => {
    const page = await stage.newPage({ javaScript: false });
    const { corporation } = await stage.newcomer();
    const { corporateNumber, transferAccounts } = corporation;
    await opens(page, path);
    expect(await submits(page, { corporateNumber, transferAccountNumber: '' })).toBe(422);
    await submits(page, { transferAccountNumber: transferAccounts[0]! });
    await goesBack(page);
    expect(await fieldOf(page, '法人番号').inputValue()).toBe(corporateNumber);
  },
);

it('a password that comes back empty says so, and the reader hears it', async () => {
  const page = await stage.newPage({ javaScript: false });
  const { corporation, entered } = await stage.newcomer();
  await entersNumbers(page, corporation);
  const typed = { ...entered, passwordConfirmation: entered.password, email: 'suzuki' };
  await submits(page, typed);
  for (const label of ['パスワード', 'パスワード確認']) {
    const field = fieldOf(page, label);
    const [described] = (await field.getAttribute('aria-describedby'))!.split(' ').slice(-1);
    expect(await page.locator(`#${described}`).innerText()).toContain(
      '先ほどの入力は消してあります',
    );
  }
});
