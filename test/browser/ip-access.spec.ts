import type { Page } from 'playwright-core';
import { listExists } from '../support/ip-lists.js';
import type { Corporation, Member } from '../support/people.js';
import { findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { buttonOf, fieldOf, Keyboard, Pointer } from './hands.js';
import { Stage } from './stage.js';
import { comesSignedIn } from './wizard.js';

const stage = Stage.forThisFile();
const CODE = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/;

/** Where the browsers of this file come from is in no list but `198.18.0.0/15`. */
const NOT_HERE = '203.0.113.0/24';
const HERE = '198.18.0.0/16';

let corporation: Corporation;
let sato: Member;
let suzuki: Member;
let companies = 0;
beforeEach(async () => {
  companies += 1;
  corporation = await stage.genkan.people.corporationExists({
    corporateNumber: String(companies),
    name: '株式会社ながいなまえホールディングスジャパン東日本営業統括本部第二事業所',
  });
  const named = (loginId: string, name: string) => ({
    corporation,
    loginId: `${loginId}-${companies}`,
    name,
  });
  sato = await stage.genkan.people.administratorExists(named('sato', '佐藤 花子'));
  suzuki = await stage.genkan.people.staffExists(named('suzuki', '鈴木 次郎'));
});

async function signsIn(page: Page, { loginId, password }: Member): Promise<void> {
  await page.goto('/login');
  await fieldOf(page, 'ID').fill(loginId);
  await fieldOf(page, 'パスワード').fill(password);
  await buttonOf(page, 'ログイン').click();
}

/** Somebody of the office, who issues tickets or decides about requests. */
async function atTheOffice(): Promise<Page> {
  await listExists(stage.genkan, corporation, [NOT_HERE, HERE, '198.19.0.0/16']);
  const page = await stage.newPage();
  await comesSignedIn(page, sato.loginId, sato.password);
  return page;
}

describe.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: true, width: 320, Hands: Pointer },
  { javaScript: false, width: 320, Hands: Pointer },
])('(JavaScript: $javaScript, $width px, $Hands.name)', ({ javaScript, width, Hands }) => {
  async function reads(page: Page, ...texts: string[]): Promise<void> {
    for (const text of texts) await page.locator('main').getByText(text).first().waitFor();
    const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
    expect([...texts, ...(await found)]).toEqual(texts);
  }

  it('somebody who is refused asks, and an administrator allows it', async () => {
    await listExists(stage.genkan, corporation, [NOT_HERE]);
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);
    await signsIn(page, suzuki);
    await reads(page, 'アクセス制限エラー', '管理者に許可を依頼する');
    await person.presses('依頼を送る');
    await reads(page, '目的を入力してください。');
    await person.fills('目的', '在宅勤務のため');
    const year = new Date().getFullYear() + 1;
    await fieldOf(page, '利用終了日').fill(`${year}-01-15`);
    await person.presses('依頼を送る');
    await reads(page, '貴社の管理者の方に、依頼をメールでお送りしました。');

    const office = await atTheOffice();
    await office.setViewportSize({ width, height: 800 });
    await office.goto('/ip-restriction/requests');
    await office.locator('main').getByText('在宅勤務のため').waitFor();
    expect(await findings(office)).toEqual([]);
    await office.getByRole('link', { name: '鈴木 次郎 様の依頼に返事をする' }).click();
    await office.getByRole('heading', { name: '依頼を却下' }).waitFor();
    expect(await findings(office)).toEqual([]);
    await buttonOf(office, '許可する').click();
    await office.locator('main').getByText('を許可しました。').waitFor();
    expect(await findings(office)).toEqual([]);
  });

  it('tickets are issued, and one opens the pages of the restriction', async () => {
    const office = await atTheOffice();
    await office.goto('/ip-restriction/tickets/renewal');
    expect(await findings(office)).toEqual([]);
    await buttonOf(office, '新しく10個発行する').click();
    await office.getByText('この番号が表示されるのは、発行したブラウザーで、').waitFor();
    await office.setViewportSize({ width, height: 800 });
    expect(await findings(office)).toEqual([]);
    const [ticket = ''] = CODE.exec(await office.locator('main').innerText())!;

    await listExists(stage.genkan, corporation, [NOT_HERE]);
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);
    await signsIn(page, sato);
    await reads(page, 'アクセス制限エラー', '緊急用チケットで設定を直す');
    await person.fills('パスワード', sato.password);
    await person.fills('緊急用チケット', 'abcd');
    await person.presses('緊急用チケットを使う');
    await reads(page, '12文字です');
    await person.fills('パスワード', sato.password);
    await person.fills('緊急用チケット', ticket);
    await person.presses('緊急用チケットを使う');
    await page.waitForURL((url) => url.pathname === '/ip-restriction');
    await reads(page, '緊急用チケットを使いました。');
  });
});

it.each(['ja', 'en'])(
  'every page is fine in %s',
  async (language) => {
    await listExists(stage.genkan, corporation, [NOT_HERE]);
    for (const member of [suzuki, sato]) {
      const page = await stage.newPage({}, language);
      await page.goto('/login');
      await page.locator('#field-loginId').fill(member.loginId);
      await page.locator('#field-password').fill(member.password);
      await page.locator('#field-password').press('Enter');
      await page.locator('#refused-help').waitFor();
      expect(await findingsEverywhere(page, language)).toEqual([]);
      await page.goto('/help/ip-restriction');
      expect(await findingsEverywhere(page, language)).toEqual([]);
    }
  },
  60_000,
);
