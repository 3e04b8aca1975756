import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Member } from '../support/people.js';
import { choosesPassword, entersNumbers, newLink } from '../support/recovery.js';
import { hasFactor } from '../support/second-factor.js';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function company() {
  companies += 1;
  const given = { corporateNumber: `55${companies}`, name: `けやき第${companies}株式会社` };
  const corporation = await running.people.corporationExists(given);
  const sato = { corporation, loginId: `sato-${companies}`, name: '佐藤 花子' };
  return { corporation, sato: await running.people.administratorExists(sato) };
}

async function hashOf({ id }: Member): Promise<string> {
  const hash = 'select password_hash as hash from accounts where id = $1';
  return (await running.pool.query<{ hash: string }>(hash, [id])).rows[0]!.hash;
}

async function chooses(person: Visitor, { loginId }: Member): Promise<void> {
  person.checks(`${loginId}（佐藤 花子 様）`);
  await person.presses('確認');
}

/** Two IDs of one mailbox, behind the numbers, and a second tab of the same run. */
async function twoIds() {
  const { corporation, sato } = await company();
  const given = { corporation, name: '佐藤 花子', email: sato.email };
  const second = await running.people.staffExists({ ...given, loginId: `second-${sato.loginId}` });
  const person = running.visitor();
  await person.opens(await newLink(running, sato.email));
  await entersNumbers(person, corporation);
  const tab = person.tab();
  await tab.opens(person.page.url.href);
  const hashes = async () => [await hashOf(sato), await hashOf(second)];
  return { person, tab, ids: [sato, second] as const, hashes };
}

const CHANGED = 'ページを開いたあとに変わっています。';

describe('another ID that is chosen in another tab of a recovery', () => {
  it('gets no password that was typed for the one on the page', async () => {
    const { person, tab, ids } = await twoIds();
    await chooses(person, ids[0]);
    await chooses(tab, ids[1]);
    await choosesPassword(person);
    expect(person.page.path).toContain('/password-reset/new-password');
    expect(person.page.notice).toContain(CHANGED);
    expect(person.page.facts).toMatchObject({ ログインID: ids[1].loginId });
  });

  it('is not confirmed by the page that shows the first one', async () => {
    const { person, tab, ids, hashes } = await twoIds();
    await chooses(person, ids[0]);
    await choosesPassword(person);
    await chooses(tab, ids[1]);
    await choosesPassword(tab, 'umi-no-soko-88');
    const before = await hashes();
    await person.presses('登録');
    expect(person.page.path).toContain('/password-reset/confirmation');
    expect(person.page.notice).toContain(CHANGED);
    expect(person.page.facts).toMatchObject({ ログインID: ids[1].loginId });
    expect(await hashes()).toEqual(before);
    await person.presses('登録');
    expect(person.page.h1).toBe('パスワード再登録完了');
  });

  it('uses up no code that was typed for the first one', async () => {
    const { person, tab, ids } = await twoIds();
    const [one, other] = [await hasFactor(running, ids[0]), await hasFactor(running, ids[1])];
    await chooses(person, ids[0]);
    await chooses(tab, ids[1]);
    person.fills('確認コード', await one.app.nextCode());
    await person.presses('確認');
    expect(person.page.notice).toContain(CHANGED);
    const failed = `select from audit_entries where account_id = $1 and reason = 'second-factor-wrong'`;
    expect((await running.pool.query(failed, [ids[1].id])).rowCount).toBe(0);
    person.fills('確認コード', await other.app.code());
    await person.presses('確認');
    expect(person.page.path).toContain('/password-reset/new-password');
  });
});

it('a password that another tab chose anew is not set by the page of before', async () => {
  const { corporation, sato } = await company();
  const person = running.visitor();
  await person.opens(await newLink(running, sato.email));
  await entersNumbers(person, corporation);
  const tab = person.tab();
  await tab.opens(person.page.url.href);
  await choosesPassword(person);
  await choosesPassword(tab, 'umi-no-soko-88');
  const before = await hashOf(sato);
  await person.presses('登録');
  expect(person.page.notice).toContain(CHANGED);
  expect(await hashOf(sato)).toBe(before);
});
