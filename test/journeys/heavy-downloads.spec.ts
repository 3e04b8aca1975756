import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { holdsUp } from '../support/held-company.js';
import { companyExists, signedIn } from '../support/members.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const exports = (person: Visitor) => person.sends('POST', '/accounts/export', { fields: {} });

it('a person has three files at once: the fourth is told why, and stands in no log', async () => {
  const { corporation, sato, tanaka } = await companyExists(running);
  const person = await signedIn(running, sato);
  const colleague = await signedIn(running, tanaka);
  const held = await holdsUp(running, corporation);
  const four = [exports(person), exports(person), exports(person), exports(person)];
  const refused = await Promise.race(four);
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
  expect(refused.text).toContain('前のファイルが終わっていません');
  expect(refused.text).toContain('href="/accounts/export"');
  const own = await colleague.sends('GET', '/me/sign-ins/export');
  expect(own.status).toBe(200);
  await held.letsGo();
  const answers = (await Promise.all(four)).filter((answer) => answer !== refused);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const { rows } = await running.pool.query<{ act: string }>(
    `select act from audit_entries where corporation_id = $1 and act like '%-export' order by act`,
    [corporation.id],
  );
  expect(rows.map(({ act }) => act)).toEqual([
    'accounts-export',
    'accounts-export',
    'accounts-export',
  ]);
});

it('a list of many people comes whole, each of them once, in the order of the page', async () => {
  const { corporation, sato } = await companyExists(running);
  const person = await signedIn(running, sato);
  await running.pool.query(
    `insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
       email, email_key, password_hash)
     select $1, 'staff', 'active', id, id, '多数 太郎', kana, id, id, ''
     from (select $2 || n || '@example.jp' as id, 'タスウ ' || n as kana
           from generate_series(1001, 2100) n) p`,
    [corporation.id, `${sato.loginId}-`],
  );
  const { text } = await exports(person);
  const numbers = [...text.matchAll(/"タスウ (\d+)"/g)].map(([, number]) => Number(number));
  expect(numbers).toEqual(Array.from({ length: 1_100 }, (_, n) => 1001 + n));
});
