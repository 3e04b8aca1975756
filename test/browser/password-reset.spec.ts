import type { Page } from 'playwright-core';
import { findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { Keyboard, Pointer } from './hands.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';
import { submits } from './wizard.js';

const NEW_PASSWORD = 'yama-no-ue-2031';

const stage = Stage.forThisFile();

/** A mailbox with two IDs of one company: every page of the chapter comes. */
async function mailbox(): Promise<{ corporateNumber: string; name: string; email: string }> {
  const { corporation, entered } = await stage.newcomer();
  const { email, name } = entered;
  const { people } = stage.genkan;
  const given = { corporation, name, email };
  await people.administratorExists({ ...given, loginId: `${entered.loginId}-a` });
  await people.staffExists({ ...given, loginId: `${entered.loginId}-b` });
  return { corporateNumber: corporation.corporateNumber, name: corporation.name, email };
}

async function mailed(email: string): Promise<{ link: string; code: string }> {
  const mail = await stage.genkan.mailbox.mailTo(email);
  return {
    link: stage.genkan.mailbox.linkIn(mail),
    code: /コード：(\S+)/.exec(mail.text)![1]!,
  };
}

it.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: true, width: 320, Hands: Pointer },
  { javaScript: false, width: 320, Hands: Pointer },
])(
  '佐藤 recovers ID and password (JavaScript: $javaScript, $width px, $Hands.name)',
  async ({ javaScript, width, Hands }) => {
    const { corporateNumber, name, email } = await mailbox();
    const loginId = email.replace('@example.jp', '-b');
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);

    async function reads(path: string, ...texts: string[]): Promise<void> {
      await page.waitForURL((url) => url.pathname === path);
      for (const text of texts) await page.locator('main').getByText(text).first().waitFor();
      const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
      expect([path, ...(await found)]).toEqual([path]);
    }

    await page.goto('/login');
    await person.follows('ID、パスワードをお忘れの方はこちらから、再登録手続きを行ってください。');
    await reads('/password-reset', 'ご登録頂いているメールアドレス');
    await person.presses('送信');
    await reads('/password-reset', 'メールアドレスを入力してください。');
    await person.fills('メールアドレス', email.toUpperCase());
    await person.presses('送信');
    await reads('/password-reset/sent', 'パスワード再登録URL発行完了', 'からのメールを受信できる');
    await person.presses('メールを再送する');
    await reads('/password-reset/sent', '3分ほど待ってから');

    const { link, code } = await mailed(email);
    await page.goto(link);
    await reads('/password-reset/numbers', '全4ステップ中、1ステップ目');
    await person.opens('請求書のどこに書かれていますか');
    await person.fills('法人番号', corporateNumber);
    await person.fills('お振込先口座番号', '9999999');
    await person.presses('確認');
    await reads('/password-reset/numbers', '組み合わせを確認できませんでした');
    await person.fills('お振込先口座番号', '12345');
    await person.presses('確認');

    await reads('/password-reset/account', name, loginId);
    await person.presses('確認');
    await reads('/password-reset/account', '入力内容をご確認ください');
    await choosesLast(page, Hands === Keyboard);
    await person.presses('確認');
    await reads('/password-reset/new-password', '全4ステップ中、2ステップ目', name, loginId);
    await person.fills('新パスワード', 'abc');
    await person.fills('パスワード確認', 'abd');
    await person.presses('確認');
    await reads('/password-reset/new-password', '8文字以上', '数字を1文字以上', '一致しません');
    await person.fills('新パスワード', NEW_PASSWORD);
    await person.fills('パスワード確認', NEW_PASSWORD);
    await person.presses('確認');
    await reads('/password-reset/confirmation', name, loginId, '入力済み');
    await person.presses('登録');
    await reads('/password-reset/completed', 'パスワード再登録完了', loginId);
    await person.follows('トップページへ');
    await reads('/login');
    await person.fills('ID', loginId);
    await person.fills('パスワード', NEW_PASSWORD);
    await person.presses('ログイン');
    await reads('/', 'TOPページ');

    await page.goto(link);
    await reads('/password-reset/numbers', 'このURLはすでに使われています');
    await person.follows('新しいURLを受け取る');
    await reads('/password-reset');
    await person.follows('コードの入力');
    await reads('/password-reset/code', email.toUpperCase());
    await person.fills('コード', code);
    await person.presses('コードで進む');
    await reads('/password-reset/code', 'コードが違うか');
  },
);

/** The last of the page's options; arrows move between them once one has the focus. */
async function choosesLast(page: Page, byKeyboard: boolean): Promise<void> {
  const options = page.getByRole('radio');
  if (!byKeyboard) return options.last().check();
  const isThere = () => page.evaluate(() => document.activeElement?.matches('[type=radio]'));
  for (let stops = 0; stops < 30 && !(await isThere()); stops += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  expect(await options.last().isChecked()).toBe(true);
}

it.each([true, false])('the code does what the link does (JavaScript: %s)', async (javaScript) => {
  const { corporateNumber, email } = await mailbox();
  const page = await stage.newPage({ javaScript });
  const person = new Pointer(page);
  await page.goto('/password-reset');
  await person.fills('メールアドレス', email);
  await person.presses('送信');
  await page.waitForURL('**/password-reset/sent?flow=*');
  await person.fills('コード', (await mailed(email)).code.toLowerCase());
  await person.presses('コードで進む');
  await page.waitForURL('**/password-reset/numbers?flow=*');
  await person.fills('法人番号', corporateNumber);
  await person.fills('お振込先口座番号', '12345');
  await person.presses('確認');
  await page.waitForURL('**/password-reset/account?flow=*');
});

it('a double click on 登録 resets once and ends at the last page', async () => {
  const { corporateNumber, email } = await mailbox();
  const page = await stage.newPage();
  await page.goto(await recoveryLink(email));
  await submits(page, { corporateNumber, transferAccountNumber: '12345' });
  await page.getByRole('radio').first().check();
  await submits(page);
  await submits(page, { password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD });
  await page.getByRole('button', { name: '登録', exact: true }).dblclick();
  await page.waitForURL('**/password-reset/completed?flow=*');
  expect((await stage.genkan.mailbox.mailTo(email)).subject).toContain('完了のお知らせ');
  await stage.genkan.mailbox.nothingFor(email);
});

async function recoveryLink(email: string, address?: string): Promise<string> {
  const person = stage.genkan.visitor(address ? { address } : {});
  await person.opens('/password-reset');
  await person.submits({ email });
  return (await mailed(email)).link;
}

/** Pages that the story above does not show, or not in English. */
const PAGES: Record<string, (way: Way) => Promise<number>> = {
  'the page behind the request': async (way) => {
    await way.opens('/password-reset');
    await way.submits({ email: 'nobody@example.jp' });
    return way.shows();
  },
  'the code': async (way) => {
    await way.opens('/password-reset');
    await way.submits({ email: 'nobody@example.jp' });
    return way.shows('/password-reset/code');
  },
  'the code in another browser': (way) => way.shows('/password-reset/code'),
  'the refused code': async (way) => {
    await way.opens('/password-reset');
    await way.submits({ email: 'nobody@example.jp' });
    return way.showsAnswer({ code: 'AAAAAAAA' }, '/password-reset/code');
  },
  'the exhausted numbers': async (way) => {
    const { corporateNumber, email } = await mailbox();
    await way.opens(await recoveryLink(email));
    const numbers = { corporateNumber, transferAccountNumber: '9' };
    for (let times = 0; times < 4; times += 1) await way.submits(numbers);
    expect(await way.showsAnswer(numbers)).toBe(422);
    return submits(way.page);
  },
  'the replaced link': async (way) => {
    const { email } = await mailbox();
    await way.opens(await recoveryLink(email, '10.90.0.5'));
    await recoveryLink(email, '10.90.0.6');
    return way.shows();
  },
  'the unknown link': (way) => way.shows(`/password-reset/${'A'.repeat(43)}`),
};
const REFUSALS: Record<string, number> = { refused: 422, exhausted: 429, link: 410 };

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('%s is fit for everybody', async (name) => {
    const way = await stage.newWay(language);
    const status = await PAGES[name]!(way);
    const word = Object.keys(REFUSALS).find((refusal) => name.includes(refusal));
    expect(status).toBe(word ? REFUSALS[word] : 200);
    expect(await findingsEverywhere(way.page, language)).toEqual([]);
  });
});
