import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { formsOf } from '../support/mail-forms.js';
import type { Corporation } from '../support/people.js';
import { asks, choosesPassword, entersNumbers, linkTo, NEW_PASSWORD } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));

const member = (given: { loginId?: string; email?: string } = {}) => {
  people += 1;
  const loginId = `sato-${people}`;
  return running.people.administratorExists({
    corporation: sakura,
    loginId,
    name: '佐藤 花子',
    ...given,
  });
};

/** By the mailed link up to the page behind the numbers. */
async function behindNumbers(email: string): Promise<Visitor> {
  const person = running.visitor();
  await asks(person, email);
  await person.opens(await linkTo(running, email));
  await entersNumbers(person);
  return person;
}

it('佐藤 recovers ID and password from the login page by the mailed link', async () => {
  const sato = await member();
  const person = running.visitor();
  await person.opens('/login');
  await person.follows('こちら', 'お忘れの方は');
  expect(person.page.path).toBe('/password-reset');
  person.fills('メールアドレス', sato.email);
  await person.presses('送信');
  expect(person.posted!.status).toBe(303);
  expect(person.page.h1).toBe('パスワード再登録URL発行完了');

  await person.opens(await linkTo(running, sato.email));
  expect(person.page.path).toBe('/password-reset/numbers');
  expect(person.page.text).not.toContain(sakura.name);
  await entersNumbers(person);
  expect(person.page.path).toMatch(/^\/password-reset\/new-password\?flow=/);
  const whose = { 法人名: '株式会社さくら', 氏名: '佐藤 花子', ログインID: sato.loginId };
  expect(person.page.facts).toMatchObject(whose);

  await choosesPassword(person, NEW_PASSWORD);
  expect(person.page.path).toMatch(/^\/password-reset\/confirmation\?flow=/);
  expect(person.page.facts).toMatchObject({ ...whose, 新パスワード: '入力済み' });
  expect(person.page.html).not.toContain(NEW_PASSWORD);
  await person.presses('登録');
  expect(person.page.h1).toBe('パスワード再登録完了');
  expect(person.page.text).toContain('パスワードが再登録されました。');
  expect(person.page.facts).toMatchObject({
    法人名: '株式会社さくら',
    ログインID: sato.loginId,
  });

  await person.follows('トップページへ');
  expect(person.page.path).toBe('/login?next=%2F');
  await signsIn(person, { loginId: sato.loginId, password: NEW_PASSWORD });
  expect(person.page.h1).toBe('TOPページ');
});

it('the page behind 送信 names the deadline, the sender to allow and what to do without a mail', async () => {
  const sato = await member();
  const person = running.visitor();
  await asks(person, sato.email);
  const { text } = person.page;
  expect(person.page.facts).toMatchObject({ メールの宛先: sato.email });
  expect(text).toContain('2026年11月23日(月) 18時30分まで（日本時間）');
  expect(text).toContain(`${running.config.mailFrom} からのメールを受信できるよう`);
  expect(text).toContain('迷惑メール');
  expect(text).toContain('メールは3分後から再送できます（');
  expect(text).toContain('1時間に3回・1日に10回');
  await person.follows('トップページへ');
  expect(person.page.path).toBe('/login?next=%2F');
});

it('the mail carries the URL on a line of its own, the deadline and the code', async () => {
  const sato = await member();
  await asks(running.visitor(), sato.email);
  const mail = await running.mailbox.mailTo(sato.email);
  expect(mail.subject).toBe('[法人WEBシステム] パスワード再登録のご案内');
  expect(mail.from).toBe(running.config.mailFrom);
  const link = running.mailbox.linkIn(mail);
  expect(link.replace(running.url, '')).toMatch(/^\/password-reset\/[\w-]{22,}$/);
  expect(mail.html).toContain(`href="${link}"`);
  for (const part of formsOf(mail)) {
    expect(part).toContain('2026年11月23日(月) 18時30分まで（日本時間）');
    expect(part).toMatch(/コード：[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}(?![\w-])/);
    expect(part).toContain('法人番号とお振込先口座番号が必要です');
    expect(part).toContain('お心当たりがない場合は、このメールを破棄してください。');
    expect(part).not.toMatch(/佐藤|さくら|sato-\d+(?!@)/);
  }
});

it('the link leaves the address bar at once and stands in no page', async () => {
  const sato = await member();
  await asks(running.visitor(), sato.email);
  const link = await linkTo(running, sato.email);
  const person = running.visitor();
  const opened = await person.sends('GET', link);
  expect(opened.status).toBe(303);
  expect(opened.headers.location).toBe('/password-reset/numbers');
  expect(opened.headers['cache-control']).toBe('no-store');
  expect(opened.headers['referrer-policy']).toBe('same-origin');
  expect(person.jar.cookies.get('recovery')!.attributes).toMatch(/httponly; samesite=lax/);
  await person.opens('/password-reset/numbers');
  expect(person.page.headers['cache-control']).toBe('no-store');
  expect(person.page.html).not.toContain(link.split('/').at(-1));
});

describe('a mailbox with several IDs of one company', () => {
  it('gets one mail and then the choice, and the other ID stays as it is', async () => {
    const email = 'soumu@sakura.example';
    const sato = await member({ email });
    const other = await member({ email });
    const person = await behindNumbers(email);
    expect(person.page.path).toMatch(/^\/password-reset\/account\?flow=/);
    expect(person.page.text).toContain(sakura.name);
    await person.presses('確認');
    expect(person.page.status).toBe(422);
    expect(person.page.errors).toEqual(['再登録するログインIDを選んでください。']);

    person.checks(`${sato.loginId}（佐藤 花子 様）`);
    await person.presses('確認');
    expect(person.page.facts).toMatchObject({ ログインID: sato.loginId });
    await choosesPassword(person, NEW_PASSWORD);
    await person.presses('登録');
    expect(person.page.facts).toMatchObject({ ログインID: sato.loginId });
    expect((await running.mailbox.mailTo(email)).text).toContain(`ログインID：${sato.loginId}`);
    await running.mailbox.nothingFor(email);
    await signsIn(person, other);
    expect(person.page.h1).toBe('TOPページ');
  });
});

describe('the new password', () => {
  const cases: [string, string, string, string[]][] = [
    ['nothing', '', '', ['パスワードを入力して', '確認用のパスワードを入力して']],
    ['a short word', 'abc', 'abd', ['8文字以上', '数字を1文字以上', '一致しません']],
    ['digits alone', '27182818284590', '27182818284590', ['英字を1文字以上']],
    ['the login ID in other letters', 'ＳＡＴＯ-RULES-1', 'ＳＡＴＯ-RULES-1', ['ログインIDと同じ']],
    ['a common one', 'password1', 'password1', ['よく使われるパスワード']],
    ['129 characters', `a1${'山'.repeat(127)}`, `a1${'山'.repeat(127)}`, ['128文字以内']],
  ];

  it('has its rules shown first, and all broken ones told at once', async () => {
    const sato = await member({ loginId: 'sato-rules-1' });
    const person = await behindNumbers(sato.email);
    expect(person.page.text).toContain('半角英数混合8文字以上');
    expect(person.page.text).toContain('ログインIDと同一の値は登録できません。');
    for (const [what, password, confirmation, sentences] of cases) {
      await choosesPassword(person, password, confirmation);
      expect([what, person.page.status, person.page.errors]).toEqual([
        what,
        422,
        sentences.map((sentence) => expect.stringContaining(sentence)),
      ]);
      expect(person.page.title).toMatch(/^エラー：/);
      if (password) expect(person.page.html).not.toContain(`value="${password}"`);
    }
    await choosesPassword(person, 'ｙａｍａ-no-ue-２０３１', NEW_PASSWORD);
    expect(person.page.path).toMatch(/^\/password-reset\/confirmation/);
  });
});
