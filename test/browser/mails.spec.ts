import type { Page } from 'playwright-core';
import { nameOfPreview } from '../../src/demo/mail-preview.js';
import { mailPreviews } from '../../src/demo/mail-previews.js';
import { languages } from '../../src/web/texts.js';
import { barriers, findingsEverywhere } from './findings.js';
import { Stage } from './stage.js';
import { opens } from './wizard.js';

const stage = Stage.forThisFile({ embedded: true });

/** Between them they have all words of a mail. */
const LOOKED_AT = ['recovery', 'administrator-added', 'objection-for-desk', 'ip-entries-end'];

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

it('the list of all mails can be read by everybody', async () => {
  const page = await stage.newPage();
  await opens(page, '/dev/mails');
  expect(await findingsEverywhere(page, 'ja')).toEqual([]);
  expect(await page.locator('h2').count()).toBe(mailPreviews('ja').length);
});

it('a text and the HTML of each language are behind the list', async () => {
  const page = await stage.newPage();
  await opens(page, '/dev/mails');
  await page.getByText('テキスト形式で見る').nth(1).click();
  await page.getByText('▼ Proceed to complete the registration').first().waitFor();
  await page.getByRole('link', { name: 'activation（en）' }).click();
  await page.getByRole('link', { name: 'Proceed to complete the registration' }).waitFor();
  expect(await page.title()).toBe('Registration instructions');
  expect(await opens(page, '/dev/mails/activation/fr')).toBe(404);
  expect(await opens(page, '/dev/mails/nothing/ja')).toBe(404);
});

it.each(languages)('every mail in %s fits 320 px', async (language) => {
  const page = await stage.newPage({ width: 320 });
  const wide: string[] = [];
  for (const name of mailPreviews(language).map(nameOfPreview)) {
    await opens(page, `/dev/mails/${name}/${language}`);
    if ((await widthOf(page)) > 320) wide.push(name);
  }
  expect(wide).toEqual([]);
});

describe.each(LOOKED_AT)('%s', (name) => {
  it.each(['light', 'dark'] as const)('has no barriers in the %s', async (colorScheme) => {
    const page = await stage.newPage({ width: 600 });
    await page.emulateMedia({ colorScheme });
    await opens(page, `/dev/mails/${name}/ja`);
    expect(await barriers(page)).toEqual([]);
    const surface = await page
      .locator('.card')
      .evaluate((card) => getComputedStyle(card).backgroundColor);
    expect(surface).toBe(colorScheme === 'dark' ? 'rgb(38, 38, 38)' : 'rgb(255, 255, 255)');
  });
});
