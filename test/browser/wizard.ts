import type { Page } from 'playwright-core';
import type { Corporation } from '../support/people.js';
import type { Applicant } from '../support/registration.js';

/**
 * Fills in fields by their names, which no language changes, and presses the form's first button.
 * @returns the status of the page that is shown then
 */
export async function submits(page: Page, fields: Record<string, string> = {}): Promise<number> {
  for (const [name, value] of Object.entries(fields))
    await page.locator(`main [name=${name}]`).fill(value);
  await page.locator('h1').evaluate((h1: HTMLElement) => (h1.dataset.left = ''));
  const shown = page.waitForResponse(
    (response) =>
      response.status() !== 303 && /^text\/html/.test(response.headers()['content-type'] ?? ''),
  );
  await page.locator('main button[type=submit]').first().click();
  const status = (await shown).status();
  await page.locator('h1:not([data-left])').waitFor();
  await page.waitForLoadState();
  return status;
}

export async function entersNumbers(page: Page, corporation: Corporation): Promise<number> {
  const { corporateNumber, transferAccounts } = corporation;
  await page.goto('/initiate/numbers');
  return submits(page, { corporateNumber, transferAccountNumber: transferAccounts[0]! });
}

export async function entersDetails(page: Page, entered: Applicant): Promise<number> {
  return submits(page, { ...entered, passwordConfirmation: entered.password });
}
