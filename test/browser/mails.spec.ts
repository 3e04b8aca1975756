import { mailPreviews } from '../../src/demo/mail-previews.js';
import { languages } from '../../src/web/texts.js';
import { barriers, findings } from './findings.js';
import { Stage } from './stage.js';
import { opens } from './wizard.js';

const stage = Stage.forThisFile({ embedded: true });

/** Between them they have all words of a mail. */
const LOOKED_AT = ['recovery', 'administrator-added', 'objection-for-desk', 'ip-entries-end'];

async function htmlOf(mail: string): Promise<string> {
  return (await fetch(`${stage.genkan.url}/dev/mails/${mail}`)).text();
}

it('the list of all mails can be read by everybody', async () => {
  const page = await stage.newPage();
  await opens(page, '/dev/mails');
  expect(await findings(page)).toEqual([]);
  expect(await page.locator('h2').count()).toBe(mailPreviews.length);
});

it('a text and the HTML of each language are behind the list', async () => {
  const page = await stage.newPage();
  await opens(page, '/dev/mails');
  await page.getByText('テキスト形式で見る').nth(1).click();
  await page.getByText('▼ Check the application').first().waitFor();
  await page.getByRole('link', { name: 'activation（en）' }).click();
  await page.getByRole('link', { name: 'Check the application' }).waitFor();
  expect(await page.title()).toBe('Registration instructions');
  expect(await opens(page, '/dev/mails/activation/fr')).toBe(404);
  expect(await opens(page, '/dev/mails/nothing/ja')).toBe(404);
});

it.each(languages)('every mail in %s fits 320 px', async (language) => {
  const page = await stage.newPage({ width: 320 });
  // One document of all, because each visit takes longer than all of them together.
  const mails = await Promise.all(mailPreviews.map(({ name }) => htmlOf(`${name}/${language}`)));
  await page.setContent(mails.join('\n'));
  const cards = await page
    .locator('.card')
    .evaluateAll((all) => all.map((card) => card.scrollWidth));
  expect(cards).toEqual(mailPreviews.map(() => 320));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
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
