import type { Page, Response } from 'playwright-core';
import type { Corporation } from '../support/people.js';
import type { Applicant } from '../support/registration.js';
import { buttonOf } from './hands.js';

const BEGINNING = 'main > :first-child';

/** @returns the status of the page that is shown in the end */
export async function opens(page: Page, path: string): Promise<number> {
  return (await page.goto(path))!.status();
}

/**
 * Fills in fields by their names, which no language changes, and presses the form's first button.
 * @returns the status of the page that is shown in the end
 */
export async function submits(page: Page, fields: Record<string, string> = {}): Promise<number> {
  for (const [name, value] of Object.entries(fields))
    await page.locator(`main [name=${name}]:not([type=file])`).fill(value);
  await page.locator(BEGINNING).evaluate((old: HTMLElement) => (old.dataset.left = ''));
  const shown = page.waitForResponse((response) => response.status() !== 303 && isHtml(response));
  await page.locator('main button[type=submit]').first().click();
  const status = (await shown).status();
  await page.locator(`${BEGINNING}:not([data-left])`).waitFor();
  await page.waitForLoadState();
  return status;
}

export async function signsIn(page: Page, loginId: string, password: string): Promise<number> {
  await opens(page, '/login');
  return submits(page, { loginId, password });
}

/** Without the form, for tests that are about what comes behind it. */
export async function comesSignedIn(page: Page, loginId: string, password: string): Promise<void> {
  const form = { loginId, password };
  const headers = { 'Sec-Fetch-Site': 'same-origin' };
  const answer = await page.request.post('/login', { form, headers, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
}

/** Leads to the details when the numbers are right. */
export async function entersNumbers(page: Page, corporation: Corporation): Promise<number> {
  const { corporateNumber, transferAccounts } = corporation;
  await opens(page, '/initiate/numbers');
  return submits(page, { corporateNumber, transferAccountNumber: transferAccounts[0]! });
}

/** Leads to the confirmation. */
export async function entersDetails(
  page: Page,
  corporation: Corporation,
  entered: Applicant,
): Promise<number> {
  await entersNumbers(page, corporation);
  return submits(page, { ...entered, passwordConfirmation: entered.password });
}

function isHtml(response: Response): boolean {
  return (response.headers()['content-type'] ?? '').startsWith('text/html');
}

export async function signsOut(page: Page): Promise<void> {
  await page.locator('.gk-account summary').click();
  await buttonOf(page, 'ログアウト').click();
}
