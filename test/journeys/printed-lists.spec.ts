import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { companyExists, signedIn } from '../support/members.js';

let running: RunningApp;
let person: Visitor;
beforeAll(async () => {
  running = await startApp();
  running.clock.stopsAt(new Date('2026-11-22T10:00:00+09:00'));
  person = await signedIn(running, (await companyExists(running)).sato);
});
afterAll(() => running.stop());

/** What paper says instead of the fields above a list. */
async function printedOf(path: string): Promise<string[][]> {
  await person.opens(path);
  const terms = person.page.root.querySelectorAll('.gk-printed dt');
  return terms.map((term) => [term.text, term.nextElementSibling!.text]);
}

const SHOWN = ['表示した日時', '2026年11月22日(日) 10時00分（日本時間）'];

it('a printed log says when it was read, and what it is narrowed to', async () => {
  const nothing = [SHOWN, ['検索条件', 'なし']];
  for (const path of ['/log', '/me/log']) expect(await printedOf(path)).toEqual(nothing);
  const narrowed = 'what=sign-in&since=2026-11-01&until=2026-11-22&address=192.0.2.5';
  expect(await printedOf(`/log?who=佐藤&${narrowed}`)).toEqual([
    SHOWN,
    ['氏名・ログインID', '佐藤'],
    ['操作の種類', 'ログイン・ログアウト'],
    ['この日から', '2026-11-01'],
    ['この日まで', '2026-11-22'],
    ['接続元のIPアドレス', '192.0.2.5'],
  ]);
});

it('a printed list of people does, too', async () => {
  expect(await printedOf('/accounts')).toEqual([SHOWN, ['状態', '削除済み以外']]);
  const narrowed = 'q=佐藤&role=administrator&state=active&department=経理部&factor=missing';
  expect(await printedOf(`/accounts?${narrowed}`)).toEqual([
    SHOWN,
    ['氏名・ログインIDなど', '佐藤'],
    ['権限', '管理者'],
    ['状態', '利用中'],
    ['部署', '経理部'],
    ['2段階認証', '未設定'],
  ]);
});
