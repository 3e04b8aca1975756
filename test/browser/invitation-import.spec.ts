import iconv from 'iconv-lite';
import type { Page } from 'playwright-core';
import { HEADER, invitedOf, listOf } from '../support/invitation-import.js';
import { until } from '../support/until.js';
import { findings, findingsWithoutJavaScript } from './findings.js';
import { buttonOf, fieldOf, linkOf, Keyboard, Pointer } from './hands.js';
import { Stage } from './stage.js';
import { comesSignedIn } from './wizard.js';

const stage = Stage.forThisFile();
const IMPORT = '/accounts/invitations/import';

let offices = 0;

async function office(page: Page) {
  offices += 1;
  const { corporation } = await stage.newcomer();
  const loginId = `importer-${offices}`;
  const given = { corporation, loginId, name: '渡邊 𠮷子' };
  const { password } = await stage.genkan.people.administratorExists(given);
  await comesSignedIn(page, loginId, password);
  return corporation;
}

async function chooses(page: Page, bytes: Buffer): Promise<void> {
  const file = { name: '名簿.csv', mimeType: 'text/csv', buffer: bytes };
  await fieldOf(page, 'CSVファイル').setInputFiles(file);
}

describe.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: true, width: 320, Hands: Pointer },
  { javaScript: false, width: 320, Hands: Pointer },
])('JavaScript: $javaScript, $width px, $Hands.name', ({ javaScript, width, Hands }) => {
  async function reads(page: Page, path: string, ...texts: string[]): Promise<void> {
    await page.waitForURL((url) => url.pathname === path);
    for (const text of texts) await page.locator('main').getByText(text).first().waitFor();
    const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
    expect([path, ...(await found)]).toEqual([path]);
  }

  it('a file is corrected by its report, looked at and sent', async () => {
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);
    const corporation = await office(page);
    await page.goto('/accounts');
    await person.follows('まとめて招待する');
    await reads(page, IMPORT, '全2ステップ中、1ステップ目', 'ファイルの例');

    const { text, emails } = listOf(2);
    await chooses(page, Buffer.from(`${text}\n鈴木,漢字,,,suzuki,社員`));
    await person.presses('内容を確認する');
    await reads(page, IMPORT, '1行に修正が必要です。', '4行目', '社員');
    expect(await fieldOf(page, '一覧の貼り付け').inputValue()).toContain('鈴木,漢字');
    expect(await invitedOf(stage.genkan, corporation)).toBe(0);

    await chooses(page, iconv.encode(text, 'cp932'));
    await person.presses('内容を確認する');
    await reads(page, `${IMPORT}/confirmation`, '招待する方（2名）', '中村 2郎', emails[1]!);
    expect(await invitedOf(stage.genkan, corporation)).toBe(0);
    await person.presses('2名を招待する');
    await reads(page, '/accounts/invitations', '2名に招待のメールをお送りしました。', emails[0]!);
    for (const email of emails) await stage.genkan.mailbox.mailTo(email);

    await page.goBack();
    await page.waitForLoadState();
    await page.goto(`${IMPORT}/confirmation`);
    await reads(page, '/accounts/invitations', 'この2名には、すでに招待のメールをお送りしています');
  });

  it('five hundred people are a few screens, with the button on the first', async () => {
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);
    await office(page);
    await page.goto(IMPORT);
    await chooses(page, Buffer.from(listOf(500).text));
    await person.presses('内容を確認する');
    await reads(page, `${IMPORT}/confirmation`, '招待する方（500名）', '全500件中 1〜20件');
    const box = await buttonOf(page, '500名を招待する').first().boundingBox();
    expect(box!.y).toBeLessThan(1_100);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(height).toBeLessThan(8_000);
    await linkOf(page, '一覧を選び直す').first().click();
    await reads(page, IMPORT, '前回は「名簿.csv」を選びました。');
  });

  it('a double click invites once', async () => {
    const page = await stage.newPage({ javaScript, width });
    const corporation = await office(page);
    const people = `鈴木,スズキ,,,shared-${offices}@sakura.example,担当者`;
    await page.goto(IMPORT);
    await fieldOf(page, '一覧の貼り付け').fill(`${HEADER}\n${people}`);
    await buttonOf(page, '内容を確認する').dblclick();
    // The second click ends the first one's visit, whose end is no failure: so no visit is waited for.
    await buttonOf(page, '1名を招待する').waitFor();
    await buttonOf(page, '1名を招待する').dblclick();
    await until(() => new URL(page.url()).pathname === '/accounts/invitations');
    await reads(page, '/accounts/invitations', '鈴木');
    expect(await invitedOf(stage.genkan, corporation)).toBe(1);
  });
});
