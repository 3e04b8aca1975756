import { findings, findingsWithoutJavaScript } from './findings.js';
import { Keyboard, Pointer } from './hands.js';
import { Stage } from './stage.js';

const stage = Stage.forThisFile();

it.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: true, width: 320, Hands: Pointer },
  { javaScript: false, width: 320, Hands: Pointer },
])(
  'the first administrator registers and signs in (JavaScript: $javaScript, $width px, $Hands.name)',
  async ({ javaScript, width, Hands }) => {
    const { corporation, entered } = await stage.newcomer();
    const { loginId, password } = entered;
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);

    async function reads(path: string, ...texts: string[]): Promise<void> {
      await page.waitForURL((url) => url.pathname === path);
      for (const text of texts) await page.locator('main').getByText(text).first().waitFor();
      const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
      expect([path, ...(await found)]).toEqual([path]);
    }

    await page.goto('/login');
    await reads('/login', 'はじめてご利用の方は');
    await person.follows('新規登録');
    await reads('/initiate', '認証のため');

    await person.follows('登録へ進む');
    await reads('/initiate/numbers', '全4ステップ中、1ステップ目');
    await person.opens('請求書のどこに書かれていますか');
    await reads('/initiate/numbers', 'ご請求書がお手元にない場合は');
    await person.fills('お振込先口座番号', fullWidth('9999999'));
    await person.fills('法人番号', fullWidth(corporation.corporateNumber));
    await person.presses('確認');
    await reads('/initiate/numbers', '組み合わせを確認できません');
    await person.fills('お振込先口座番号', fullWidth('12345'));
    await person.presses('確認');

    await reads('/initiate/details', '全4ステップ中、2ステップ目');
    await person.fills('氏名', '渡邊 𠮷子');
    await person.fills('フリガナ', 'わたなべ ﾖｼｺ');
    await person.fills('メールアドレス', `${loginId}@Aoba.Example`);
    await person.fills('ログインID', loginId);
    await person.fills('パスワード', password);
    await person.fills('パスワード確認', password);
    await person.presses('確認');

    await reads(
      '/initiate/confirmation',
      corporation.name,
      '渡邊 𠮷子',
      'ワタナベ ヨシコ',
      '入力済み',
    );
    await person.presses('登録');
    await reads('/initiate/completed', '新規登録受付完了', `${loginId}@aoba.example`);

    const mail = await stage.genkan.mailbox.mailTo(`${loginId}@aoba.example`);
    await page.goto(stage.genkan.mailbox.linkIn(mail));
    await reads('/activation', 'お申し込みの内容をご確認のうえ');
    await person.presses('登録を完了する');
    await reads('/login', '登録が完了しました');

    await person.fills('ID', loginId);
    await person.fills('パスワード', password);
    await person.presses('ログイン');
    await reads('/', 'はじめてのログインです。', '渡邊 𠮷子 様');
    await page.locator('header').getByText(corporation.name).waitFor();
    await person.opens('渡邊 𠮷子 様');
    await person.presses('ログアウト');
    await reads('/login', 'ログアウトしました。');
  },
  90_000,
);

/** As an input method writes digits: 12345 is １２３４ー５. */
function fullWidth(digits: string): string {
  const wide = [...digits].map((digit) => String.fromCodePoint(0xff10 + Number(digit)));
  return [...wide.slice(0, 4), 'ー', ...wide.slice(4)].join('');
}
