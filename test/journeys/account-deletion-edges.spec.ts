import { randomUUID } from 'node:crypto';
import { MailedLinks } from '../../src/auth/mailed-links/mailed-links.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { chooses, companyExists, signedIn } from '../support/members.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
afterEach(() => running.clock.reset());

const deletionOf = (...ids: string[]) =>
  `/accounts/deletion?${ids.map((id) => `accountId=${id}`).join('&')}`;

async function stateOf({ id }: { id: string }): Promise<string> {
  const { rows } = await running.pool.query('select state from accounts where id = $1', [id]);
  return rows[0].state;
}

async function outcomes(act: string, { id }: { id: string }): Promise<string[]> {
  const { rows } = await running.pool.query(
    'select reason from audit_entries where act = $1 and account_id = $2 order by id',
    [act, id],
  );
  return rows.map(({ reason }) => reason);
}

it('asks to choose somebody when nobody is chosen', async () => {
  const { sato } = await companyExists(running);
  const person = await signedIn(running, sato);
  await person.opens('/accounts?q=%E3%82%B9&role=staff');
  await person.presses('削除');
  expect(person.page.path).toBe('/accounts?q=%E3%82%B9&role=staff');
  expect(person.page.notice).toContain('削除する利用者が選ばれていません');
});

it('deletes several people at once, each with a mail', async () => {
  const { sato, tanaka, suzuki } = await companyExists(running);
  const person = await signedIn(running, sato);
  await chooses(person, tanaka, suzuki);
  expect(person.page.text).toMatch(/田中 健[^]*鈴木 一郎|鈴木 一郎[^]*田中 健/);
  await person.presses('削除');
  expect(person.page.h1).toBe('削除完了');
  for (const { email } of [tanaka, suzuki])
    expect((await running.mailbox.mailTo(email)).subject).toContain('アカウント削除のお知らせ');
  expect(await outcomes('account-deletion', sato)).toEqual(['done', 'done']);
});

it('asks twice before it deletes the own account, and signs out', async () => {
  const { sato } = await companyExists(running);
  const person = await signedIn(running, sato);
  await chooses(person, sato);
  expect(person.page.text).toContain('ご自分のアカウントが含まれています。');
  await person.presses('削除');
  expect(person.page.status).toBe(422);
  expect(person.page.errorsAt('自分のアカウントも削除する')).toHaveLength(1);
  expect(await stateOf(sato)).toBe('active');
  person.checks('自分のアカウントも削除する');
  await person.presses('削除');
  expect(person.page.path).toBe('/login?next=%2F');
  expect(person.page.notice).toBe('ご自分のアカウントを削除し、ログアウトしました。');
  expect((await running.mailbox.mailTo(sato.email)).text).toContain('操作した方：ご本人');
});

describe('the last administrator', () => {
  it('cannot be deleted, alone or with everybody', async () => {
    const { sato, tanaka, suzuki } = await companyExists(running);
    const person = await signedIn(running, sato);
    await chooses(person, tanaka);
    await person.presses('削除');
    for (const people of [[sato], [sato, suzuki]]) {
      await chooses(person, ...people);
      expect(person.page.status).toBe(409);
      expect(person.page.text).toContain('ログインできる管理者がいなくなるため、削除できません');
      expect(person.page.text).not.toContain('自分のアカウントも削除する');
    }
    const fields = { accountId: sato.id, ownAccount: 'yes' };
    const forced = await person.sends('POST', '/accounts/deletion', { fields });
    expect(forced.status).toBe(409);
    expect(await stateOf(sato)).toBe('active');
    expect(await outcomes('account-deletion', sato)).toEqual(['done', 'last-administrator']);
    await running.mailbox.nothingFor(sato.email);
  });

  it('is also the last one when the other may not act yet', async () => {
    const { sato, tanaka } = await companyExists(running);
    await running.pool.query(
      `update accounts set held_until = genkan_now() + interval '1 day' where id = $1`,
      [tanaka.id],
    );
    const person = await signedIn(running, sato);
    await person.opens('/accounts');
    expect(person.page.text).toContain('ログインできる管理者が1名だけです。');
    await chooses(person, sato);
    expect(person.page.status).toBe(409);
    await chooses(person, tanaka);
    await person.presses('削除');
    expect(person.page.h1).toBe('削除完了');
  });
});

describe('a deletion that is sent twice', () => {
  it('does it once, and both answers lead to the same page', async () => {
    const { sato, suzuki } = await companyExists(running);
    const person = await signedIn(running, sato);
    await chooses(person, suzuki);
    const fields = hiddenFields(person);
    const answers = await Promise.all(
      [1, 2, 3].map(() => person.sends('POST', '/accounts/deletion', { fields })),
    );
    expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.location}`))).toEqual(
      new Set([`303 /accounts/deletion/completed?accountId=${suzuki.id}`]),
    );
    await running.mailbox.mailTo(suzuki.email);
    await running.mailbox.nothingFor(suzuki.email);
  });

  it('does it once from two tabs as well', async () => {
    const { sato, suzuki } = await companyExists(running);
    const person = await signedIn(running, sato);
    await chooses(person, suzuki);
    const other = person.tab();
    await other.opens(deletionOf(suzuki.id));
    await person.presses('削除');
    await other.presses('削除');
    expect(other.page.path).toBe(person.page.path);
    await other.opens(deletionOf(suzuki.id));
    expect(other.page.h1).toBe('削除完了');
    await running.mailbox.mailTo(suzuki.email);
    await running.mailbox.nothingFor(suzuki.email);
  });
});

it('asks for the password after five minutes, and goes on', async () => {
  const { sato, suzuki } = await companyExists(running);
  const person = await signedIn(running, sato);
  await running.clock.advance('6 minutes');
  await chooses(person, suzuki);
  await person.presses('削除');
  expect(person.page.h1).toBe('パスワードの確認');
  expect(await stateOf(suzuki)).toBe('active');
  person.fills('現在のパスワード', sato.password);
  await person.presses('操作を続ける');
  expect(person.page.h1).toBe('削除完了');
});

it('voids the link of a registration that was never finished, and writes to no unproved mailbox', async () => {
  const { corporation, sato } = await companyExists(running);
  const given = { corporation, loginId: `mikan-${corporation.id}`, name: '未完 了子' };
  const newcomer = await running.people.staffExists({ ...given, state: 'registered' });
  const issue = () => running.app.get(MailedLinks).issue('activation', newcomer.id, { hours: 24 });
  const { token } = await inUnitOfWork(issue);
  const person = await signedIn(running, sato);
  await chooses(person, newcomer);
  await person.presses('削除');
  expect((await running.visitor().opens(`/activation/${token}`)).status).toBe(410);
  await running.mailbox.nothingFor(newcomer.email);
});

it('knows nobody of another company, and no ids that are none', async () => {
  const { sato, suzuki } = await companyExists(running);
  const elsewhere = await companyExists(running);
  const person = await signedIn(running, sato);
  const strangers = [elsewhere.suzuki.id, randomUUID(), 'x', `${suzuki.id}'`];
  for (const id of strangers) {
    const done = deletionOf(id).replace('deletion', 'deletion/completed');
    for (const path of [deletionOf(id), deletionOf(suzuki.id, id), done]) {
      const answer = await person.sends('GET', encodeURI(path));
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain('鈴木');
    }
    const posted = await person.sends('POST', '/accounts/deletion', { fields: { accountId: id } });
    expect([id, posted.status]).toEqual([id, 404]);
  }
  expect([await stateOf(elsewhere.suzuki), await stateOf(suzuki)]).toEqual(['active', 'active']);
});

function hiddenFields(person: Visitor): Record<string, string> {
  const inputs = person.page.root.querySelectorAll('main form input[type=hidden]');
  return Object.fromEntries(
    inputs.map((input) => [input.getAttribute('name')!, input.getAttribute('value')!]),
  );
}
