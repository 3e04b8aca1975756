import type { Member } from '../support/people.js';
import { findings, findingsWithoutJavaScript } from './findings.js';
import { Pointer } from './hands.js';
import {
  adds,
  allAreUnplugged,
  anotherIsPluggedIn,
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
  await person.presses('削除する');
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

it('without scripts the page says so, and the code is all that is asked', async () => {
  const seat = await seated(stage);
  await adds(seat, '鍵');
  const page = await stage.newPage({ javaScript: false });
  await page.context().addCookies(await seat.page.context().cookies());
  await page.goto(PASSKEYS);
  expect(await page.locator('#gk-form').innerText()).toContain('JavaScript');
  expect(await page.locator('#field-name').isVisible()).toBe(false);
  expect(await findingsWithoutJavaScript(page)).toEqual([]);
  await isAsked({ ...seat, page, person: new Pointer(page) });
  expect(await page.getByRole('button', { name: 'パスキーを使う' }).count()).toBe(0);
});
