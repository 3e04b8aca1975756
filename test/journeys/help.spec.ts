import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';

let running: RunningApp;
let person: Visitor;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => {
  person = running.visitor();
});

const questionsOn = ({ page }: Visitor) =>
  page.root.querySelectorAll('.gk-qa h2').map((title) => title.structuredText.trim());

async function searches(words: string): Promise<string[]> {
  await person.opens(`/help?q=${encodeURIComponent(words)}`);
  return questionsOn(person);
}

it('shows every answer on one page', async () => {
  await person.opens('/help');
  expect(questionsOn(person)).toHaveLength(14);
  expect(person.page.text).toContain('IPアドレスの切り替えが行われた。');
});

it('finds words in questions and answers, in any width, case and kana', async () => {
  const byMail = 'ログインID・パスワード再設定用のメールが届かない。';
  expect(await searches('迷惑メール')).toEqual([byMail]);
  expect(await searches('めいわく ＩＰ')).toEqual([]);
  expect(await searches('ｉｐｖ６')).toEqual(['IPアドレス制限によりログインできない。']);
  expect(await searches('ふぉるだー')).toEqual([byMail]);
  expect(person.page.text).toContain('「ふぉるだー」が見つかった質問：1件');
  expect(await searches('<b>')).toEqual([]);
  expect(person.page.text).toContain('「<b>」は見つかりませんでした。');
});

it('leads from an unknown mail address to the registration of an administrator', async () => {
  await person.opens('/password-reset');
  await person.follows('前任者が異動・退職した場合');
  await person.follows('管理者の追加登録へ進む');
  expect(person.page.path).toBe('/admin-enrollment');
});

it('leads from an answer to its steps, and from there to the first of them', async () => {
  await person.opens('/help/predecessor');
  await person.follows('操作手順はこちら');
  expect(person.page.h1).toBe('前任者に代わって管理者を登録する');
  expect(person.page.root.querySelectorAll('.gk-guide__step')).toHaveLength(6);
  await person.follows('管理者の追加登録へ進む');
  expect(person.page.path).toBe('/admin-enrollment');
});

it('knows no other page', async () => {
  expect((await person.opens('/help/nothing')).status).toBe(404);
});

it('leaves a space between sentences in English', async () => {
  await person.sends('POST', '/language', { fields: { language: 'en' } });
  for (const path of ['/help', '/help/ip-restriction']) {
    await person.opens(path);
    expect(person.page.text).toMatch(/\. [A-Z]/);
    expect(person.page.text).not.toMatch(/[a-z][.?][A-Z][a-z]/);
  }
});
