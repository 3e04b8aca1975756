import type { APIResponse, Page } from 'playwright-core';
import type { Member } from '../support/people.js';
import { AuthenticatorApp } from '../support/second-factor.js';
import { VirtualAuthenticator } from '../support/virtual-authenticator.js';
import { findings, findingsWithoutJavaScript } from './findings.js';
import { Pointer } from './hands.js';
import { Stage } from './stage.js';
import { comesSignedIn, submits } from './wizard.js';

const PASSKEYS = '/me/second-factor/passkeys';
const QUESTION = '/login/second-factor';

const stage = Stage.forThisFile();
let devices: VirtualAuthenticator[] = [];
afterEach(async () => {
  for (const device of devices) await device.isUnplugged();
  devices = [];
});

interface Seat {
  member: Member;
  app: AuthenticatorApp;
  page: Page;
  person: Pointer;
  device: VirtualAuthenticator;
}

/** Somebody with an authenticator app, in front of the passkeys, with a device that can hold some. */
async function seated(): Promise<Seat> {
  const { corporation, entered } = await stage.newcomer();
  const given = { corporation, loginId: entered.loginId, name: '鈴木 次郎' };
  const member = await stage.genkan.people.administratorExists(given);
  const page = await stage.newPage();
  await comesSignedIn(page, member.loginId, member.password);
  await page.goto('/me/second-factor/totp');
  const app = new AuthenticatorApp(stage.genkan, (await page.locator('#totp-key').textContent())!);
  await submits(page, { code: await app.code() });
  const device = await VirtualAuthenticator.pluggedIn(page);
  devices.push(device);
  await page.goto(PASSKEYS);
  return { member, app, page, person: new Pointer(page), device };
}

async function adds({ page, person }: Seat, name: string): Promise<void> {
  await person.fills('名前', name);
  await person.presses('今お使いの端末でパスキーを作成する');
  await page.getByRole('rowheader', { name, exact: true }).waitFor();
}

/** In front of the question, with the password that was given just now. */
async function isAsked({ page, person, member }: Seat): Promise<void> {
  await page.context().clearCookies({ name: 'session' });
  await page.goto('/login?next=%2Fme');
  await person.fills('ID', member.loginId);
  await person.fills('パスワード', member.password);
  await person.presses('ログイン');
  await page.waitForURL((url) => url.pathname === QUESTION);
}

async function rowsOf({ id }: Member) {
  const { rows } = await stage.genkan.pool.query<{ name: string; counter: string }>(
    'select name, counter from passkeys where account_id = $1 order by created_at, id',
    [id],
  );
  return rows;
}

it('a passkey answers the question, and is told by mail when it comes and goes', async () => {
  const seat = await seated();
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
  await page.locator('main').getByText('パスキーを削除しました。').waitFor();
  expect(await rowsOf(member)).toEqual([]);
  const removed = await stage.genkan.mailbox.mailTo(member.email);
  expect(removed.subject).toContain('パスキーの削除のお知らせ');
  await isAsked(seat);
  expect(await page.getByRole('button', { name: 'パスキーを使う' }).count()).toBe(0);
});

it('several devices have one each, and one device has one only', async () => {
  const seat = await seated();
  await adds(seat, '1台目');
  await seat.person.fills('名前', 'もう1つ');
  await seat.person.presses('今お使いの端末でパスキーを作成する');
  await seat.page.getByRole('alert').getByText('パスキーを作成できませんでした。').waitFor();
  await devices.pop()!.isUnplugged();
  devices.push(await VirtualAuthenticator.pluggedIn(seat.page));
  await adds(seat, '2台目');
  expect((await rowsOf(seat.member)).map(({ name }) => name)).toEqual(['1台目', '2台目']);
  await isAsked(seat);
  await seat.person.presses('パスキーを使う');
  await seat.page.waitForURL((url) => url.pathname === '/me');
});

it('a device that refuses leaves the code, and a copy of a key is found out', async () => {
  const seat = await seated();
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

/** What the form would have sent, which stays here. */
async function answered({ page, person }: Seat): Promise<string> {
  const caught = Promise.withResolvers<string>();
  await page.route(`**${QUESTION}`, async (route) => {
    caught.resolve(route.request().postData() ?? '');
    await route.abort();
  });
  await person.presses('パスキーを使う');
  const form = new URLSearchParams(await caught.promise);
  await page.unroute(`**${QUESTION}`, undefined);
  stage.chromium.faults.splice(0);
  return form.get('passkey')!;
}

async function posts({ page }: Seat, passkey: string): Promise<APIResponse> {
  const headers = { 'Sec-Fetch-Site': 'same-origin' };
  const form = { passkey, code: '', next: '/me' };
  return page.request.post(QUESTION, { form, headers, maxRedirects: 0 });
}

describe('the answer of a passkey', () => {
  it('is for one pending sign-in of one account, once', async () => {
    const [mine, yours] = [await seated(), await seated()];
    await adds(mine, 'わたしの鍵');
    await adds(yours, 'あなたの鍵');
    await isAsked(mine);
    const former = await answered(mine);
    await isAsked(mine);
    // Of a pending sign-in that is over, and of somebody else.
    expect((await posts(mine, former)).status()).toBe(422);
    await isAsked(yours);
    expect((await posts(yours, former)).status()).toBe(422);
    const current = await answered(mine);
    for (const broken of ['{}', '[]', 'null', '"x"', '{', current.slice(0, -9), 'x'.repeat(3000)])
      expect([422, 429]).toContain((await posts(mine, broken)).status());
    await stage.genkan.clock.advance('1 minute');
    expect((await posts(mine, current)).status()).toBe(303);
    expect((await posts(mine, current)).headers().location).toMatch(/^\/login\?/);
    await stage.genkan.clock.reset();
  });

  it('of another origin is none', async () => {
    const seat = await seated();
    await adds(seat, '鍵');
    await isAsked(seat);
    const answer = JSON.parse(await answered(seat)) as { response: { clientDataJSON: string } };
    const told = Buffer.from(answer.response.clientDataJSON, 'base64url').toString();
    const elsewhere = told.replace(stage.genkan.url, 'https://evil.example');
    expect(elsewhere).not.toBe(told);
    answer.response.clientDataJSON = Buffer.from(elsewhere).toString('base64url');
    expect((await posts(seat, JSON.stringify(answer))).status()).toBe(422);
  });
});

it('without scripts the page says so, and the code is all that is asked', async () => {
  const seat = await seated();
  await adds(seat, '鍵');
  const page = await stage.newPage({ javaScript: false });
  await page.context().addCookies(await seat.page.context().cookies());
  await page.goto(PASSKEYS);
  expect(await page.locator('#passkey-add noscript').innerText()).toContain('JavaScript');
  expect(await findingsWithoutJavaScript(page)).toEqual([]);
  await isAsked({ ...seat, page, person: new Pointer(page) });
  expect(await page.getByRole('button', { name: 'パスキーを使う' }).count()).toBe(0);
});
