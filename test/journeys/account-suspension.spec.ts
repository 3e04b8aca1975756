import { startApp, type RunningApp } from '../support/app.js';
import { companyExists, signedIn } from '../support/members.js';
import { signsIn } from '../support/registration.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const pathOf = ({ id }: { id: string }) => `/accounts/${id}/suspension`;

it('a person is suspended, signed out at once, and let in again', async () => {
  const { sato, suzuki } = await companyExists(running);
  const stopped = await signedIn(running, suzuki);
  const person = await signedIn(running, sato);
  await person.opens(pathOf(suzuki));
  expect(person.page.h1).toBe('アカウントの利用停止');
  await person.presses('利用を停止');
  expect(person.page.notice).toContain('鈴木 一郎 様の利用を停止しました。');
  expect(person.page.text).toMatch(/鈴木 一郎[^]*停止中/);
  await stopped.opens('/');
  expect(stopped.page.path).toBe('/login?next=%2F');
  await signsIn(stopped, suzuki);
  expect(stopped.page.status).toBe(403);
  const mail = await running.mailbox.mailTo(suzuki.email);
  expect(mail.subject).toContain('アカウント利用停止のお知らせ');
  expect(mail.text).toContain('操作した方：佐藤 花子 様（管理者）');

  await person.opens(pathOf(suzuki));
  await person.presses('利用を再開');
  expect(person.page.notice).toMatch(/^鈴木 一郎 様の利用を再開しました。.*利用を停止する$/);
  expect((await running.mailbox.mailTo(suzuki.email)).subject).toContain('利用再開');
  await signsIn(stopped, suzuki);
  expect(stopped.page.h1).toBe('TOPページ');
});

it('neither the own account nor the last administrator can be suspended', async () => {
  const { sato, tanaka } = await companyExists(running);
  const person = await signedIn(running, sato);
  await person.opens(pathOf(sato));
  expect([person.page.status, person.page.text]).toEqual([
    409,
    expect.stringContaining('ご自分のアカウントの利用は停止できません'),
  ]);
  const fields = { act: 'suspend' };
  expect((await person.sends('POST', pathOf(sato), { fields })).status).toBe(409);
  await person.opens(pathOf(tanaka));
  await person.presses('利用を停止');
  const other = await person.sends('POST', pathOf(tanaka), { fields });
  expect(other.status).toBe(409);
  expect(other.text).toContain('別のタブか、ほかの管理者の方が先に操作した可能性があります');
  expect(other.text).toContain('<title>アカウントの利用停止');
  const { rows } = await running.pool.query(
    `select reason from audit_entries where act = 'account-suspension' and account_id = $1 order by id`,
    [sato.id],
  );
  expect(rows.map(({ reason }) => reason)).toEqual(['own-account', 'done', 'state-changed']);
});

it('nobody of another company is found', async () => {
  const { sato } = await companyExists(running);
  const elsewhere = await companyExists(running);
  const person = await signedIn(running, sato);
  for (const path of [pathOf(elsewhere.suzuki), '/accounts/x/suspension'])
    for (const method of ['GET', 'POST'])
      expect((await person.sends(method, path, { fields: { act: 'suspend' } })).status).toBe(404);
});

it('staff see none of it', async () => {
  const { suzuki, tanaka } = await companyExists(running);
  const person = await signedIn(running, suzuki);
  const query = `?accountId=${tanaka.id}`;
  for (const path of [
    '/accounts',
    '/accounts/export',
    `/accounts/deletion${query}`,
    `/accounts/deletion/completed${query}`,
    `/accounts/${tanaka.id}/restoration`,
    pathOf(tanaka),
  ])
    for (const method of ['GET', 'POST']) {
      const answer = await person.sends(method, path, method === 'POST' ? { fields: {} } : {});
      expect([path, answer.text.includes(tanaka.loginId)]).toEqual([path, false]);
      expect([path, method, [403, 404, 405].includes(answer.status)]).toEqual([path, method, true]);
      if (method === 'GET') expect([path, answer.status]).toEqual([path, 403]);
    }
});
