import { readFileSync } from 'node:fs';
import type { Member } from '../support/people.js';
import { findings, findingsWithoutJavaScript } from './findings.js';
import { Keyboard, Pointer } from './hands.js';
import { Stage } from './stage.js';

const NEW_PASSWORD = 'yama-no-ue-2031';

const stage = Stage.forThisFile();

async function suzuki(): Promise<Member> {
  const { corporation, entered } = await stage.newcomer();
  const { loginId } = entered;
  return stage.genkan.people.administratorExists({ corporation, loginId, name: '鈴木 次郎' });
}

it.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: true, width: 320, Hands: Pointer },
  { javaScript: false, width: 320, Hands: Pointer },
])(
  'somebody changes everything of his own (JavaScript: $javaScript, $width px, $Hands.name)',
  async ({ javaScript, width, Hands }) => {
    const { mailbox, clock } = stage.genkan;
    const member = await suzuki();
    const to = `new-${member.email}`;
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);

    async function reads(path: string, ...texts: string[]): Promise<void> {
      await page.waitForURL((url) => url.pathname === path);
      for (const text of texts) await page.locator('main').getByText(text).first().waitFor();
      const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
      expect([path, ...(await found)]).toEqual([path]);
    }

    await page.goto('/me');
    await person.fills('ID', member.loginId);
    await person.fills('パスワード', member.password);
    await person.presses('ログイン');
    await reads('/me', '鈴木 次郎', member.email);

    await person.follows('氏名を変更');
    await reads('/me/profile', '全角カタカナで登録されます');
    await person.fills('氏名', '');
    await person.presses('変更する');
    await reads('/me/profile', '氏名を入力してください。');
    await person.fills('氏名', '渡邊 𠮷子');
    await person.presses('変更する');
    await reads('/me', 'を変更しました。', '渡邊 𠮷子');
    expect(await page.locator('header').innerText()).toContain('渡邊 𠮷子\u00a0様');

    await person.follows('メールアドレスを変更');
    await reads('/me/email', '現在のメールアドレス');
    await clock.advance('5 minutes');
    await person.fills('新しいメールアドレス', to);
    await person.presses('確認のメールを送る');
    await reads('/me/email', '先ほどの操作を続けます。');
    await person.fills('現在のパスワード', 'wrong-2026-password');
    await person.presses('操作を続ける');
    await reads('/me/email', 'パスワードを確認できませんでした。');
    await person.fills('現在のパスワード', member.password);
    await person.presses('操作を続ける');
    await reads('/me/email', '確認のメールをお送りしました', to, 'あと1つ、お手続きが必要です');
    await mailbox.mailTo(member.email);
    await page.goto(mailbox.linkIn(await mailbox.mailTo(to)));
    await reads('/email-change', 'よろしければ', to);
    await person.presses('メールアドレスを変更する');
    await reads('/email-change/completed', 'メールアドレス変更完了');

    await page.goto('/me');
    await reads('/me', to);
    await person.follows('パスワードの変更');
    await reads('/me/password', 'ほかの端末からはログアウトします。');
    await person.fills('現在のパスワード', member.password);
    await person.fills('新パスワード', NEW_PASSWORD);
    await person.fills('パスワード確認', NEW_PASSWORD);
    await person.presses('パスワードを変更する');
    await reads('/me', 'パスワードを変更し、');
    await person.follows('ログイン中の端末');
    await reads('/me/sessions', '今お使いの端末');
    await page.goto('/me');
    await person.follows('ログイン履歴');
    await reads('/me/sign-ins', 'ログインしました');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      person.follows('CSVをダウンロード（UTF-8）'),
    ]);
    expect(file.suggestedFilename()).toBe('sign-ins.csv');
    expect(readFileSync(await file.path(), 'utf8')).toContain('"成功","ログインしました"');
    await clock.reset();
  },
);
