import { startApp, type RunningApp } from '../support/app.js';
import { companyExists, signedIn, type Company } from '../support/members.js';

const QUESTION = 'メールが届きません。';

let running: RunningApp;
let company: Company;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  company = await companyExists(running);
});

async function writes() {
  const person = await signedIn(running, company.suzuki);
  await person.opens('/contact?requestNumber=3f2a91c4-7b0e');
  person.fills('お問い合わせの内容', QUESTION);
  return person;
}

it('a question that comes after the end of the session waits for the sign-in', async () => {
  const person = await writes();
  await running.clock.advance('30 minutes');
  await person.presses('送信');
  expect(person.page.url.pathname).toBe('/login');
  expect(person.page.notice).toContain('操作がなかったため、ログアウトしました。');
  expect(person.page.text).toContain('10時00分までお預かりしています');
  person.fills('ID', company.suzuki.loginId);
  person.fills('パスワード', company.suzuki.password);
  await person.presses('ログイン');
  expect(person.page.url.pathname).toBe('/contact');
  expect(person.page.notice).toContain('まだ送信されていません');
  expect(person.page.html).toContain(`${QUESTION}</textarea>`);
  expect(person.page.field('リクエスト番号').getAttribute('value')).toBe('3f2a91c4-7b0e');
  await person.presses('送信');
  expect(person.page.h1).toBe('お問い合わせを受け付けました');
});

it('who cannot sign in again sends it as a stranger, and reads why', async () => {
  const person = await writes();
  const sato = await signedIn(running, company.sato);
  await sato.opens(`/accounts/${company.suzuki.id}/suspension`);
  await sato.presses('利用を停止');
  await person.presses('送信');
  expect([person.page.status, person.page.h1]).toEqual([422, 'お問い合わせ']);
  expect(person.page.errors).toContain(
    'ログアウトしたため、まだ送信していません。法人名・氏名・メールアドレスも入力して、送信してください。',
  );
  expect(person.page.html).toContain(`${QUESTION}</textarea>`);
  person.fills('氏名', '鈴木 次郎');
  person.fills('メールアドレス', 'suzuki@else.example');
  await person.presses('送信');
  expect(person.page.h1).toBe('お問い合わせを受け付けました');
});
