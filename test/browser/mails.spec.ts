import { mailPreviews } from '../../src/demo/mail-previews.js';
import { languages } from '../../src/web/texts.js';
import { barriers, findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { Pointer } from './hands.js';
import { Stage } from './stage.js';
import { opens } from './wizard.js';

const stage = Stage.forThisFile({ embedded: true });

/** Between them they have all words of a mail. */
const LOOKED_AT = ['recovery', 'administrator-added', 'objection-for-desk', 'ip-entries-end'];

async function htmlOf(mail: string): Promise<string> {
  return (await fetch(`${stage.genkan.url}/dev/mails/${mail}`)).text();
}

it.each([true, false])(
  'all mails are listed by chapter, and narrowed (JavaScript: %s)',
  async (javaScript) => {
    const page = await stage.newPage({ javaScript, width: 320 });
    const person = new Pointer(page);
    await opens(page, '/dev/mails');
    expect(await page.locator('tbody tr').count()).toBe(mailPreviews.length);
    expect(await page.locator('tbody tr').first().isVisible()).toBe(false);
    await page.locator('summary', { hasText: 'パスワード再登録' }).click();
    await page.getByText('担当窓口が利用を停止しているとき').waitFor();
    await person.fills('メールの名前', 'パスキー');
    await person.presses('検索');
    await page.getByText('全3件').waitFor();
    expect(await page.getByRole('rowheader').allInnerTexts()).toEqual([
      'パスキーの追加のお知らせ',
      'パスキーの複製の疑いのお知らせ',
      'パスキーの削除のお知らせ',
    ]);
    const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
    expect(await found).toEqual([]);
  },
);

it.each([true, false])(
  'a mail is shown as high as it is, and as text (JavaScript: %s)',
  async (javaScript) => {
    const page = await stage.newPage({ javaScript, width: 320 });
    await opens(page, '/dev/mails?q=登録完了のご案内');
    await page.getByRole('link', { name: 'English' }).first().click();
    const button = page.locator('.gk-letter').getByRole('link', { name: 'Check the application' });
    await button.waitFor();
    const [letter, card] = await Promise.all(
      ['.gk-letter', '.gk-letter .card'].map((each) => page.locator(each).boundingBox()),
    );
    expect(card!.y + card!.height).toBeLessThanOrEqual(letter!.y + letter!.height);
    const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
    expect(await found).toEqual([]);
    await page.getByRole('link', { name: 'テキスト' }).click();
    await page.getByText('▼ Check the application').first().waitFor();
    await page.getByRole('link', { name: '次へ' }).click();
    await page.locator('h1', { hasText: '登録完了のご案内' }).waitFor();
    await page.getByRole('link', { name: 'メールの一覧へ戻る' }).click();
    await page.locator('h1', { hasText: 'メールの見本' }).waitFor();
  },
);

it.each(languages)('the pages of mails are fine for everybody (%s)', async (language) => {
  for (const path of [
    '/dev/mails?to=billing',
    '/dev/mails?q=zzz',
    `/dev/mails/administrator-added--first?language=${language}`,
    '/dev/mails/recovered--frozen?view=text',
  ]) {
    const page = await stage.newPage({}, language);
    await opens(page, path);
    expect([path, ...(await findingsEverywhere(page, language))]).toEqual([path]);
  }
});

it('what is no mail, or no language, is not found', async () => {
  const page = await stage.newPage();
  for (const path of ['nothing', 'nothing/ja', 'activation/fr'])
    expect([path, await opens(page, `/dev/mails/${path}`)]).toEqual([path, 404]);
});

it.each(languages)('every mail in %s fits 320 px', async (language) => {
  const page = await stage.newPage({ width: 320 });
  // One document of all, because each visit takes longer than all of them together.
  const mails = await Promise.all(mailPreviews.map(({ name }) => htmlOf(`${name}/${language}`)));
  // Whatever the tab showed before had a policy, which content keeps.
  await page.goto('about:blank');
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
