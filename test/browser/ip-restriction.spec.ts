import iconv from 'iconv-lite';
import { listExists } from '../support/ip-lists.js';
import { newCompany } from '../support/ip-restriction.js';
import { findings, findingsWithoutJavaScript } from './findings.js';
import { buttonOf, Pointer } from './hands.js';
import { Stage } from './stage.js';
import { comesSignedIn } from './wizard.js';

const stage = Stage.forThisFile();

it.each([
  { javaScript: true, width: 1280 },
  { javaScript: true, width: 320 },
  { javaScript: false, width: 320 },
])(
  'an administrator drafts, checks, tries and confirms a list (JavaScript: $javaScript, $width px)',
  async ({ javaScript, width }) => {
    const { sato } = await newCompany(stage.genkan);
    const page = await stage.newPage({ javaScript, width });
    const person = new Pointer(page);

    async function reads(path: string, ...texts: string[]): Promise<void> {
      await page.waitForURL((url) => url.pathname === path);
      for (const text of texts) await page.locator('main').getByText(text).first().waitFor();
      const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
      expect([path, ...(await found)]).toEqual([path]);
    }

    await page.goto('/login?next=%2Fip-restriction');
    await person.fills('ID', sato.loginId);
    await person.fills('パスワード', sato.password);
    await person.presses('ログイン');
    await reads('/ip-restriction', 'どのIPアドレスからもログインできます。');
    await person.follows('制限を設定する');
    await reads('/ip-restriction/draft', 'まだ1件もありません。');
    await page.getByRole('button', { name: /\/32 を追加$/ }).click();
    await reads('/ip-restriction/draft', '下書きを保存しました。', '佐藤 花子 様の接続元');
    await page.locator('summary').getByText('まとめて貼り付け').click();
    await person.fills('貼り付ける行', '203.0.113.5/24,倉庫\n192.0.2.0/24,支店');
    await person.presses('貼り付けた行を追加');
    await reads('/ip-restriction/draft', '1行目：', '203.0.113.0/24 ではありませんか');
    const file = 'アドレス,CIDR,メモ\r\n203.0.113.0,24,倉庫\r\n2001:db8:1:2::,64,支店\r\n';
    const buffer = iconv.encode(file, 'cp932');
    await page
      .getByLabel('CSVファイル')
      .setInputFiles({ name: 'ip.csv', mimeType: 'text/csv', buffer });
    await person.presses('ファイルの行を追加');
    await reads('/ip-restriction/draft', '下書き3件');
    await person.presses('確認へ進む');
    await reads('/ip-restriction/draft/check', '追加3件', 'これまでのログインには影響ありません。');
    await person.fills('確かめるIPアドレス', '203.0.113.77');
    await person.presses('確かめる');
    await reads('/ip-restriction/draft/check', '203.0.113.0/24（倉庫）に含まれる');
    await person.follows('試行へ進む');
    await reads('/ip-restriction/trial', '時間内に確定しなければ');
    await person.presses('試行を始める');
    await reads('/ip-restriction/trial', '時間内に確定しない場合は');
    await person.presses('確定する');
    await reads('/ip-restriction/confirmation', '試行していた設定を確定しました。');
    await person.follows('緊急用チケットを印刷する（番号10個）');
    await reads('/ip-restriction/tickets', 'ログインできないときの緊急用チケット');
    await page.goto('/ip-restriction');
    await reads('/ip-restriction', '登録されたIPアドレスからだけログインできます。', '倉庫');
    await person.follows('設定の履歴');
    await reads('/ip-restriction/versions', '第1版', '使用中');
  },
);

it.each([true, false])('who is kept out reads why (JavaScript: %s)', async (javaScript) => {
  const { corporation, suzuki } = await newCompany(stage.genkan);
  const page = await stage.newPage({ javaScript, width: 320 });
  const person = new Pointer(page);
  await page.goto('/login');
  await person.fills('ID', suzuki.loginId);
  await person.fills('パスワード', suzuki.password);
  await person.presses('ログイン');
  await page.waitForURL((url) => url.pathname === '/');
  await page.goto('/help');
  await listExists(stage.genkan, corporation, ['198.51.100.0/24']);
  await person.opens('メニュー');
  await person.follows('TOPページ');
  await page.locator('main').getByText('アクセス制限エラー').first().waitFor();
  const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
  expect(await found).toEqual([]);
});

it('buttons that stand beside their form are disabled while it is sent', async () => {
  const { sato, corporation } = await newCompany(stage.genkan);
  await listExists(stage.genkan, corporation, ['198.51.100.0/24']);
  const page = await stage.newPage();
  await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': '198.51.100.7' });
  await comesSignedIn(page, sato.loginId, sato.password);
  await page.goto('/ip-restriction/draft');
  let isDisabled = false;
  await page.route('**/ip-restriction/draft', async (route) => {
    isDisabled = await buttonOf(page, '確認へ進む').isDisabled();
    await route.continue();
  });
  await buttonOf(page, '確認へ進む').click();
  await page.getByRole('heading', { name: '反映前の確認' }).waitFor();
  await page.unrouteAll();
  expect(isDisabled).toBe(true);
});
