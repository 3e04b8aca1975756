import { deskPersonExists, type DeskPerson } from '../support/desk.js';
import { AuthenticatorApp } from '../support/second-factor.js';
import { VirtualAuthenticator } from '../support/virtual-authenticator.js';
import { findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { Keyboard, Pointer } from './hands.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

const stage = Stage.forThisFile();
const FACTORS = '/desk/me/second-factor';

let tamura: DeskPerson;
beforeAll(async () => {
  tamura = await deskPersonExists(stage.genkan, { loginId: 'tamura', name: '田村', role: 'lead' });
});

/** Behind the question that stands before a page. */
async function shows(way: Way, path: string): Promise<number> {
  await way.opens('/desk/login');
  await way.submits({ loginId: tamura.loginId, password: tamura.password });
  await way.submits({ code: await tamura.app.nextCode() });
  await way.opens(path);
  await way.submits({ code: await tamura.app.nextCode() });
  return way.shows(path);
}

const PAGES = {
  [`${FACTORS}/app`]: '今までの認証アプリの確認コードは使えなくなります。',
  [`${FACTORS}/passkey`]: '端末の指紋や顔などで確認します。',
};

it.each(Object.entries(PAGES))('%s is fit for everybody', async (path, words) => {
  for (const language of ['ja', 'en']) {
    const way = await stage.newWay(language);
    expect(await shows(way, path)).toBe(200);
    if (language === 'ja') await way.page.locator('main').getByText(words).first().waitFor();
    expect(await findingsEverywhere(way.page, language)).toEqual([]);
  }
});

it.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: false, width: 320, Hands: Pointer },
])(
  'somebody replaces the app (JavaScript: $javaScript, $width px, $Hands.name)',
  async ({ javaScript, width, Hands }) => {
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);
    const reads = async (text: string) => {
      await page.locator('main').getByText(text).first().waitFor();
      expect(await (javaScript ? findings(page) : findingsWithoutJavaScript(page))).toEqual([]);
    };
    await page.goto('/desk/login');
    await person.fills('ID', tamura.loginId);
    await person.fills('パスワード', tamura.password);
    await person.presses('ログイン');
    await person.fills('確認コード', await tamura.app.nextCode());
    await person.presses('ログイン');
    await page.waitForURL('**/desk');
    await page.goto(FACTORS);
    await person.follows('認証アプリの取り替え');
    await reads('続ける操作');
    await person.fills('確認コード', await tamura.app.nextCode());
    await person.presses('操作を続ける');
    await page.waitForURL(`**${FACTORS}/app`);
    const key = await page.locator('#totp-key').textContent();
    const app = new AuthenticatorApp(stage.genkan, key!);
    await person.fills('確認コード', await app.code());
    await person.presses('確認して設定する');
    await page.waitForURL(`**${FACTORS}`);
    tamura = { ...tamura, app };
    await person.presses('削除する');
    await reads('続ける操作');
    await person.fills('確認コード', await app.nextCode());
    await person.presses('操作を続ける');
    await page.locator('main').getByText('もう一度ボタンを押すと').waitFor();
    await person.presses('削除する');
    await page.locator('main').getByText('最後の1つは削除できません。').waitFor();
  },
);

it('a passkey is added after the app was asked for, and answers for another one', async () => {
  const way = await stage.newWay('ja');
  const { page } = way;
  await VirtualAuthenticator.pluggedIn(page);
  expect(await shows(way, `${FACTORS}/passkey`)).toBe(200);
  const person = new Pointer(page);
  await person.presses('今お使いの端末でパスキーを作成する');
  await page.waitForURL(`**${FACTORS}`);
  await person.follows('パスキーの追加');
  await page.waitForURL('**/desk/confirmation?*');
  await person.presses('パスキーを使う');
  await page.waitForURL(`**${FACTORS}/passkey`);
});
