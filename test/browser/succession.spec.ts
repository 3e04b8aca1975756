import type { Page } from 'playwright-core';
import { leftBehind, type LeftBehind } from '../support/succession.js';
import { findings, findingsWithoutJavaScript } from './findings.js';
import { Keyboard, Pointer, type Hands } from './hands.js';
import { Stage } from './stage.js';

const stage = Stage.forThisFile();

/** Somebody at a page of their own, who looks at everything they come to. */
class Reader {
  constructor(
    readonly page: Page,
    readonly hands: Hands,
    private readonly javaScript: boolean,
  ) {}

  async reads(path: string, ...texts: string[]): Promise<void> {
    await this.page.waitForURL((url) => url.pathname === path);
    for (const text of texts) await this.page.locator('main').getByText(text).first().waitFor();
    const found = this.javaScript ? findings(this.page) : findingsWithoutJavaScript(this.page);
    expect([path, ...(await found)]).toEqual([path]);
  }

  async signsIn({ loginId, password }: { loginId: string; password: string }): Promise<void> {
    await this.hands.fills('ID', loginId);
    await this.hands.fills('パスワード', password);
    await this.hands.presses('ログイン');
  }

  async applies({ corporation, suzuki }: LeftBehind): Promise<void> {
    const { hands } = this;
    await hands.fills('法人番号', corporation.corporateNumber);
    await hands.fills('お振込先口座番号', '0012345');
    await hands.presses('確認');
    await this.reads('/admin-enrollment/details', '全4ステップ中、2ステップ目');
    await hands.fills('氏名', suzuki.name);
    await hands.fills('フリガナ', suzuki.nameKana);
    await hands.fills('メールアドレス', suzuki.email);
    await hands.fills('ログインID', suzuki.loginId);
    await hands.fills('パスワード', suzuki.password);
    await hands.fills('パスワード確認', suzuki.password);
    await hands.presses('確認');
    await this.reads('/admin-enrollment/confirmation', corporation.name, '入力済み');
    await hands.presses('登録');
  }
}

const mailedTo = async (email: string) =>
  stage.genkan.mailbox.linkIn(await stage.genkan.mailbox.mailTo(email));

it.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: true, width: 320, Hands: Pointer },
  { javaScript: false, width: 320, Hands: Pointer },
])(
  'a successor takes over and the predecessor objects (JavaScript: $javaScript, $width px, $Hands.name)',
  async ({ javaScript, width, Hands }) => {
    const left = await leftBehind(stage.genkan);
    const reader = async () => {
      const page = await stage.newPage({ javaScript, width });
      return new Reader(page, new Hands(page), javaScript);
    };
    const suzuki = await reader();
    await suzuki.page.goto('/admin-enrollment');
    await suzuki.reads('/admin-enrollment', '※1 管理権限を保有する担当者を追加登録します。');
    await suzuki.hands.follows('登録へ進む');
    await suzuki.reads('/admin-enrollment/numbers', '全4ステップ中、1ステップ目');
    await suzuki.applies(left);
    await suzuki.reads('/admin-enrollment/completed', '管理者追加登録完了', left.suzuki.email);
    await suzuki.page.goto(await mailedTo(left.suzuki.email));
    await suzuki.hands.presses('登録を完了する');
    await suzuki.reads('/login', '登録が完了しました');
    await suzuki.signsIn(left.suzuki);
    await suzuki.reads('/accounts', '佐藤 花子');

    const sato = await reader();
    await sato.page.goto('/login');
    await sato.signsIn(left.sato);
    await sato.reads('/', '管理者の追加登録がありました');
    await sato.hands.follows('管理者の追加登録がありました。内容をご確認ください。 内容を確認する');
    await sato.reads('/admin-enrollment/cases', '確認期間中');
    await sato.hands.follows('鈴木 一郎');
    await sato.page.waitForURL((url) => /\/cases\/[\w-]{36}$/.test(url.pathname));
    const casePath = new URL(sato.page.url()).pathname;
    await sato.reads(casePath, '承認へ進む', '異議を申し立てる');
    await sato.hands.follows('承認へ進む');
    await sato.reads(`${casePath}/approval`, '承認は取り消せません。');
    await sato.hands.follows('承認せずに戻る');
    await sato.reads(casePath, '承認へ進む');
    await sato.page.goto(await mailedTo(left.sato.email));
    await sato.reads('/admin-enrollment/objection', '鈴木 一郎 様', '異議を申し立てる');
    await sato.hands.fills('担当窓口へのご説明', 'あ'.repeat(1001));
    await sato.hands.presses('異議を申し立てる');
    await sato.reads('/admin-enrollment/objection', '1000文字以内で入力してください');
    await sato.hands.fills('担当窓口へのご説明', '鈴木という者はいません。');
    await sato.hands.presses('異議を申し立てる');
    await sato.reads('/admin-enrollment/objection', 'ただちにログインできなくなりました');

    await suzuki.page.goto('/');
    await suzuki.signsIn(left.suzuki);
    await suzuki.reads('/admin-enrollment/case', 'ご利用を一時停止しています');
    await suzuki.hands.presses('担当窓口へ送る');
    await suzuki.reads('/admin-enrollment/case', 'ご説明を入力してください');
    await suzuki.hands.fills('担当窓口へのご説明', '佐藤は退職しました。');
    await suzuki.hands.presses('担当窓口へ送る');
    await suzuki.reads('/admin-enrollment/case', 'ご説明を担当窓口へお送りしました。');
  },
);
