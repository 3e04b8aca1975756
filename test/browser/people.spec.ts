import type { Page } from 'playwright-core';
import { findings, findingsWithoutJavaScript } from './findings.js';
import { Keyboard, Pointer } from './hands.js';
import { Stage } from './stage.js';
import { comesSignedIn } from './wizard.js';

const stage = Stage.forThisFile();
const STAFF = '担当者（ご自分の情報だけを変更できます）';
const ADMINISTRATOR = '管理者（利用者の追加・変更・削除と、IPアドレス制限の設定ができます）';

let administrators = 0;

/** A company whose administrator uses this page. */
async function signedIn(page: Page) {
  const { corporation } = await stage.newcomer();
  administrators += 1;
  const loginId = `hanako-${administrators}`;
  const given = { corporation, loginId, name: '渡邊 𠮷子' };
  const hanako = await stage.genkan.people.administratorExists(given);
  await comesSignedIn(page, loginId, hanako.password);
  return { corporation, hanako };
}

describe.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: true, width: 320, Hands: Pointer },
  { javaScript: false, width: 320, Hands: Pointer },
])('JavaScript: $javaScript, $width px, $Hands.name', ({ javaScript, width, Hands }) => {
  async function reads(page: Page, path: RegExp, ...texts: string[]): Promise<void> {
    await page.waitForURL((url) => path.test(url.pathname));
    for (const text of texts) await page.locator('main').getByText(text).first().waitFor();
    const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
    expect([path, ...(await found)]).toEqual([path]);
  }

  it('an administrator invites somebody, who comes in', async () => {
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);
    await signedIn(page);
    const email = `ichiro-${administrators}@sakura.example`;
    await page.goto('/accounts/new');
    await reads(page, /^\/accounts\/new$/, '招待のメールをお送りします');
    await person.presses('招待のメールを送る');
    await reads(page, /^\/accounts\/new$/, '氏名を入力してください。');
    await person.fills('氏名', '寿限無'.repeat(30));
    await person.fills('フリガナ', 'じゅげむ');
    await person.fills('メールアドレス', email);
    await page.getByLabel(ADMINISTRATOR).check();
    await person.presses('招待のメールを送る');
    await reads(
      page,
      /^\/accounts\/invitations\/[\da-f-]{36}$/,
      '招待のメールをお送りしました',
      email,
    );
    await person.follows('招待中の方を見る');
    await reads(page, /^\/accounts\/invitations$/, '登録待ち', email);

    const invited = await stage.newPage({ javaScript, width });
    const newcomer = new Hands(invited);
    const mail = await stage.genkan.mailbox.mailTo(email);
    await invited.goto(stage.genkan.mailbox.linkIn(mail));
    await reads(invited, /^\/invitation$/, 'への招待です');
    await newcomer.fills('ログインID', `ichiro-${administrators}`);
    await newcomer.fills('パスワード', 'abc');
    await newcomer.presses('登録');
    await reads(invited, /^\/invitation$/, 'パスワードは8文字以上で入力してください。');
    await newcomer.fills('パスワード', 'momiji-7342-kawa');
    await newcomer.fills('パスワード確認', 'momiji-7342-kawa');
    await newcomer.presses('登録');
    await reads(invited, /^\/login$/, '登録が完了しました。');
    await page.goto('/accounts/invitations');
    await reads(page, /^\/accounts\/invitations$/, '招待中の方はいません。');
  });

  it('nothing of somebody who was invited is in the form for the next person', async () => {
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);
    await signedIn(page);
    await page.goto('/accounts/new');
    await person.fills('氏名', '一 人目');
    await person.fills('フリガナ', 'ヒトリメ');
    await person.fills('メールアドレス', `hitori-${administrators}@sakura.example`);
    await page.getByLabel(ADMINISTRATOR).check();
    await person.presses('招待のメールを送る');
    await page.waitForURL(/invitations/);
    await page.goBack();
    await page.waitForURL(/\/accounts\/new$/);
    for (const label of ['氏名', 'フリガナ', 'メールアドレス'])
      expect([label, await page.getByLabel(label).inputValue()]).toEqual([label, '']);
    expect(await page.getByLabel(ADMINISTRATOR).isChecked()).toBe(false);
  });

  it('an administrator changes somebody, and decides where another one was faster', async () => {
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);
    const { corporation } = await signedIn(page);
    const given = { corporation, loginId: `jiro-${administrators}`, name: '鈴木 二郎' };
    const jiro = await stage.genkan.people.staffExists(given);
    await page.goto(`/accounts/${jiro.id}`);
    await reads(page, /^\/accounts\/[\da-f-]{36}$/, jiro.loginId, '利用中');
    await stage.genkan.pool.query(`update accounts set department = '総務部' where id = $1`, [
      jiro.id,
    ]);
    await person.fills('部署', '経理部');
    await person.presses('変更を保存する');
    await reads(page, /^\/accounts\/[\da-f-]{36}$/, '別のページで先に変更されています', '総務部');
    await person.presses('自分の入力内容で保存する');
    await reads(page, /^\/accounts\/[\da-f-]{36}$/, '鈴木 二郎 様の部署を変更しました。');
    await person.presses('すべての端末からログアウトさせる');
    await reads(
      page,
      /^\/accounts\/[\da-f-]{36}$/,
      '鈴木 二郎 様がログインしている端末はありませんでした。',
    );
    const [details, acts] = await Promise.all(
      ['登録内容', 'この方についての操作'].map((name) =>
        page.locator('.gk-card', { has: page.getByRole('heading', { name }) }).boundingBox(),
      ),
    );
    const isWide = page.viewportSize()!.width === 1280;
    expect(acts!.x >= details!.x + details!.width).toBe(isWide);
    expect(acts!.y >= details!.y + details!.height).toBe(!isWide);
    await person.follows('ログイン履歴を見る');
    await reads(page, /\/sign-ins$/, 'この90日間の記録はありません。');
    await person.follows('鈴木 二郎 様のページへ戻る');
    await reads(page, /^\/accounts\/[\da-f-]{36}$/, '登録内容');
    await person.follows('メールアドレスを変更する');
    await reads(page, /\/email$/, '現在のメールアドレス');
    await page.goto('/accounts/handover');
    await reads(page, /^\/accounts\/handover$/, '鈴木 二郎');
  });

  it('the last administrator keeps the own rights', async () => {
    const page = await stage.newPage({ javaScript, width });
    const { hanako } = await signedIn(page);
    await page.goto(`/accounts/${hanako.id}`);
    await page.getByLabel(STAFF).check();
    await new Hands(page).presses('変更を保存する');
    await reads(page, /^\/accounts\/[\da-f-]{36}$/, '先に、別の方を管理者にしてください。');
    await page.goto('/');
    await reads(page, /^\/$/, '管理者が1名だけです。');
  });
});
