import type { Member } from '../support/people.js';
import { findings, findingsWithoutJavaScript } from './findings.js';
import { Pointer } from './hands.js';
import {
  adds,
  allAreUnplugged,
  anotherIsPluggedIn,
  confirmsChange,
  isAsked,
  PASSKEYS,
  seated,
} from './passkey-seat.js';
import { Stage } from './stage.js';

const stage = Stage.forThisFile();
afterEach(allAreUnplugged);

async function rowsOf({ id }: Member) {
  const { rows } = await stage.genkan.pool.query<{ name: string; counter: string }>(
    'select name, counter from passkeys where account_id = $1 order by created_at, id',
    [id],
  );
  return rows;
}

/** What a sign-in, a confirmation or a change of factors would write. */
async function storedOf({ id }: Member) {
  const { rows } = await stage.genkan.pool.query<Record<string, unknown>>(
    `select a.password_hash, a.last_sign_in_at, t.last_step, t.last_used_at,
            (select array_agg(s.secret_hash || s.factor_confirmed_at::text::bytea) from sessions s
             where s.account_id = a.id) as sessions,
            (select count(*) from recovery_codes r where r.account_id = a.id) as codes,
            (select array_agg(p.last_used_at) from passkeys p where p.account_id = a.id) as passkeys
     from accounts a join totp_secrets t on t.account_id = a.id where a.id = $1`,
    [id],
  );
  return rows[0]!;
}

it('a passkey answers the question, and is told by mail when it comes and goes', async () => {
  const seat = await seated(stage);
  const { page, person, member } = seat;
  expect(await findings(page)).toEqual([]);
  await stage.genkan.mailbox.mailTo(member.email);
  await adds(seat, '会社のパソコン');
  expect(await findings(page)).toEqual([]);
  const added = await stage.genkan.mailbox.mailTo(member.email);
  expect(added.subject).toContain('パスキーの追加のお知らせ');

  await isAsked(seat);
  expect(await findings(page)).toEqual([]);
  await person.presses('パスキーを使う');
  await page.waitForURL((url) => url.pathname === '/me');
  const { rows } = await stage.genkan.pool.query(
    `select facts ->> 'factor' as factor from audit_entries
     where act = 'sign-in' and reason = 'done' and account_id = $1 order by id desc limit 1`,
    [member.id],
  );
  expect(rows).toEqual([{ factor: 'passkey' }]);

  await page.goto(PASSKEYS);
  await page.getByLabel('会社のパソコンの新しい名前').fill('自宅のパソコン');
  await person.presses('名前を変更');
  await page.locator('main').getByText('パスキーの名前を変更しました。').waitFor();
  await page.getByRole('rowheader', { name: '自宅のパソコン' }).waitFor();
  await page.getByRole('link', { name: '削除へ進む' }).click();
  await page.getByRole('heading', { name: 'パスキーの削除' }).waitFor();
  await person.presses('削除する');
  await confirmsChange(seat);
  await page.locator('main').getByText('パスキー「自宅のパソコン」を削除しました。').waitFor();
  expect(await rowsOf(member)).toEqual([]);
  const removed = await stage.genkan.mailbox.mailTo(member.email);
  expect(removed.subject).toContain('パスキーの削除のお知らせ');
  await isAsked(seat);
  expect(await page.getByRole('button', { name: 'パスキーを使う' }).count()).toBe(0);
});

it('several devices have one each, and one device has one only', async () => {
  const seat = await seated(stage);
  await adds(seat, '1台目');
  await seat.person.fills('名前', 'もう1つ');
  await seat.person.presses('今お使いの端末でパスキーを作成する');
  await seat.page.getByRole('alert').getByText('すでに登録されています。').waitFor();
  expect(await seat.page.locator('.gk-notice--success').count()).toBe(0);
  await anotherIsPluggedIn(seat.page);
  await adds(seat, '2台目');
  expect((await rowsOf(seat.member)).map(({ name }) => name)).toEqual(['1台目', '2台目']);
  await isAsked(seat);
  await seat.person.presses('パスキーを使う');
  await seat.page.waitForURL((url) => url.pathname === '/me');
});

it('a device that refuses leaves the code, and a copy of a key is found out', async () => {
  const seat = await seated(stage);
  await adds(seat, '鍵');
  await seat.device.countsFrom(40);
  await isAsked(seat);
  await seat.person.presses('パスキーを使う');
  await seat.page.waitForURL((url) => url.pathname === '/me');
  await seat.device.countsFrom(20);
  await isAsked(seat);
  await seat.person.presses('パスキーを使う');
  await seat.page.locator('main').getByText('もう一度お試しになるか').first().waitFor();
  await seat.person.fills('確認コード', await seat.app.code(1));
  await seat.person.presses('ログイン');
  await seat.page.waitForURL((url) => url.pathname === '/me');
});

it('a passkey is tried before it is needed, and nothing changes but its last use', async () => {
  const seat = await seated(stage);
  const { page, person, member } = seat;
  await page.goto('/me/second-factor');
  expect(await page.getByRole('button', { name: 'パスキーを試す' }).count()).toBe(0);
  await page.goto(PASSKEYS);
  await adds(seat, '会社のパソコン');
  await stage.genkan.mailbox.everythingIsSent();
  const mails = stage.genkan.mailbox.all().length;
  await page.goto('/me/second-factor');
  expect(await findings(page)).toEqual([]);
  const before = await storedOf(member);
  await person.presses('パスキーを試す');
  await page.locator('main').getByText('パスキー「会社のパソコン」を確認できました。').waitFor();
  const after = await storedOf(member);
  expect(after.passkeys).not.toEqual(before.passkeys);
  expect({ ...after, passkeys: before.passkeys }).toEqual(before);
  await stage.genkan.mailbox.everythingIsSent();
  expect(stage.genkan.mailbox.all().length).toBe(mails);
  await page.goto(PASSKEYS);
  expect(await page.locator('td[data-label="最後の使用"]').innerText()).not.toBe('なし');
});

it('a try that the device refuses says so, and may be repeated', async () => {
  const seat = await seated(stage);
  const { page, person } = seat;
  await adds(seat, '鍵');
  await seat.device.countsFrom(40);
  for (const text of ['パスキー「鍵」を確認できました。', 'パスキーを確認できませんでした。']) {
    await page.goto('/me/second-factor');
    await person.presses('パスキーを試す');
    await page.locator('main').getByText(text).first().waitFor();
    await seat.device.countsFrom(20);
  }
  expect(await findings(page)).toEqual([]);
  await anotherIsPluggedIn(page);
  await person.presses('パスキーを試す');
  await page.getByRole('alert').getByText('端末の確認が途中で終わったか').waitFor();
  expect(await findings(page)).toEqual([]);
});

it('without scripts the page says so, and the code is all that is asked', async () => {
  const seat = await seated(stage);
  await adds(seat, '鍵');
  const page = await stage.newPage({ javaScript: false });
  await page.context().addCookies(await seat.page.context().cookies());
  await page.goto('/me/second-factor');
  expect(await page.locator('main').innerText()).toContain('試すには、JavaScriptが必要です。');
  expect(await page.getByRole('button', { name: 'パスキーを試す' }).count()).toBe(0);
  await page.goto(PASSKEYS);
  expect(await page.locator('#gk-form').innerText()).toContain('JavaScript');
  expect(await page.locator('#field-name').isVisible()).toBe(false);
  expect(await findingsWithoutJavaScript(page)).toEqual([]);
  await isAsked({ ...seat, page, person: new Pointer(page) });
  expect(await page.getByRole('button', { name: 'パスキーを使う' }).count()).toBe(0);
});
