import { startApp, type RunningApp } from '../support/app.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('what nobody sees is no part of a question, and of no name', async () => {
  const person = running.visitor();
  await person.opens('/contact');
  person.fills('氏名', '鈴木 一郎');
  person.fills('メールアドレス', 'suzuki@else.example');
  person.fills('お問い合わせの内容', '\u200B\u3164\u202E');
  await person.presses('送信');
  expect(person.page.errors).toEqual(['お問い合わせの内容を入力してください。']);
  person.fills(
    'お問い合わせの内容',
    '請求\u200B書を\u202Eなくし\u{E0041}ました。\n家族👨\u200D👩\u200D👧より',
  );
  person.fills('法人名', '青葉\u202E商事');
  await person.presses('送信');
  expect(person.page.errors).toEqual([
    '法人名に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
  ]);
  person.fills('法人名', '\u200B青葉\uFEFF商事\u200B');
  await person.presses('送信');
  expect(person.page.text).toContain('請求書をなくしました。');
  expect(person.page.text).toContain('家族👨\u200D👩\u200D👧より');
});
