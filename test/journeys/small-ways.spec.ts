import { startApp, type RunningApp } from '../support/app.js';
import { companyExists, signedIn } from '../support/members.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('the pages about a person lead back to the page of the person', async () => {
  const { sato, suzuki } = await companyExists(running);
  const person = await signedIn(running, sato);
  const path = `/accounts/${suzuki.id}`;
  for (const page of ['email', 'sign-ins']) {
    await person.opens(`${path}/${page}`);
    const above = person.page.root.querySelectorAll('.gk-path a');
    expect(above.map((link) => link.getAttribute('href'))).toEqual(['/', '/accounts', path]);
  }
  await person.opens(`${path}/suspension`);
  await person.follows('この方の情報へ戻る');
  expect(person.page.path).toBe(path);
});

it('an empty code of a recovery is told where the code is', async () => {
  const { suzuki } = await companyExists(running);
  const person = running.visitor();
  await person.opens('/password-reset');
  person.fills('メールアドレス', suzuki.email);
  await person.presses('送信');
  await person.presses('コードで進む');
  expect(person.page.h1).toBe('パスワード再登録URL発行完了');
  expect(person.page.text).toContain('コードは入力されていません。');
});

it('what a session’s end interrupted is still named after a wrong password', async () => {
  const { suzuki } = await companyExists(running);
  const person = await signedIn(running, suzuki);
  await person.opens('/me/profile');
  person.fills('部署', '海外営業部');
  await running.pool.query('delete from sessions where account_id = $1', [suzuki.id]);
  await person.presses('変更する');
  const kept = person.page.content('.gk-login__kept').text;
  person.fills('ID', suzuki.loginId);
  person.fills('パスワード', 'wrong-password-1');
  await person.presses('ログイン');
  expect(person.page.status).toBe(422);
  expect(person.page.content('.gk-login__kept').text).toBe(kept);
});

it('the problems of a question to the desk are listed as its fields stand', async () => {
  const person = running.visitor();
  await person.opens('/contact');
  await person.presses('送信');
  const links = person.page.root.querySelectorAll('.gk-summary li a');
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    '#field-name',
    '#field-email',
    '#field-message',
  ]);
});
