import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { linesOf, saidIn } from '../support/log.js';
import { companyExists, signedIn } from '../support/members.js';
import { signsIn } from '../support/registration.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const kinds = ({ page }: Visitor) =>
  page.root.querySelectorAll('#field-what option').map(({ text }) => text);

it('shows staff what they did themselves, and nothing of others', async () => {
  const { sato, suzuki } = await companyExists(running);
  await signsIn(running.visitor(), { ...suzuki, password: 'wrong-2026-one' });
  const administrator = await signedIn(running, sato);
  await administrator.opens('/me/language');
  administrator.checks('English');
  await administrator.presses('変更する');
  const person = await signedIn(running, suzuki);
  await person.opens('/me');
  await person.follows('自分の操作の記録');
  expect(person.page.h1).toBe('自分の操作の記録');
  expect(linesOf(person)).toMatchObject([
    { what: 'ログインしました', result: '完了' },
    { what: 'ログインしようとしました', result: 'できませんでした パスワードが違いました' },
  ]);
  expect(person.page.text).not.toContain('佐藤');
});

it('is not widened to others by the address, but narrowed', async () => {
  const { sato, suzuki } = await companyExists(running);
  await signedIn(running, sato);
  const person = await signedIn(running, suzuki);
  expect(await saidIn(person, { who: sato.loginId }, '/me/log')).toEqual(['ログインしました']);
  expect(await saidIn(person, { what: 'own' }, '/me/log')).toEqual([]);
  await person.opens('/me/log?since=x');
  expect(person.page.status).toBe(422);
  expect((await person.sends('GET', '/log')).status).toBe(403);
});

it('offers the kinds of acts that occur there, and the one that was asked for', async () => {
  const { sato, suzuki } = await companyExists(running);
  const person = await signedIn(running, suzuki);
  await person.opens('/me/log');
  const own = [
    'ログイン・ログアウト',
    '本人の情報・パスワード',
    '2段階認証',
    '利用者',
    'IPアドレス制限',
  ];
  expect(kinds(person).sort()).toEqual(['すべて', ...own].sort());
  await person.opens('/me/log?what=contract');
  expect(kinds(person).sort()).toEqual(['すべて', 'ご契約', ...own].sort());
  const administrator = await signedIn(running, sato);
  await administrator.opens('/me/log');
  expect(kinds(administrator)).toContain('管理者の登録・交代');
  expect(kinds(administrator)).not.toContain('ご契約');
});
