import { startApp, type RunningApp } from '../support/app.js';
import { signedIn } from '../support/own-account.js';
import type { Corporation, Member } from '../support/people.js';

const TITLE = '管理者の方のためのページです';

let running: RunningApp;
let sakura: Corporation;
let sato: Member;
let suzuki: Member;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  const aoba = await running.people.corporationExists({
    corporateNumber: '7654321',
    name: '青葉商事株式会社',
  });
  sato = await administratorOf(sakura, 'sato', '佐藤 花子');
  await administratorOf(aoba, 'aoba', '青葉 一郎');
  suzuki = await running.people.staffExists({
    corporation: sakura,
    loginId: 'suzuki',
    name: '鈴木 次郎',
  });
});
afterAll(() => running.stop());

const administratorOf = (corporation: Corporation, loginId: string, name: string) =>
  running.people.administratorExists({ corporation, loginId, name });

async function seenByStaff(path = '/accounts') {
  const person = await signedIn(running, suzuki);
  return person.opens(path);
}

it('says to staff that a page is for administrators, and who they are', async () => {
  const page = await seenByStaff();
  expect([page.status, page.h1]).toEqual([403, TITLE]);
  expect(page.text).toContain('佐藤 花子 様');
  expect(page.text).not.toMatch(/青葉|もう一度|sato@/);
});

it('says the same to a form that is sent', async () => {
  const person = await signedIn(running, suzuki);
  const answer = await person.sends('POST', '/accounts/new', { fields: { name: '誰か' } });
  expect(answer.status).toBe(403);
  expect(answer.text).toContain('佐藤 花子 様');
});

it('names neither people on hold, nor those on probation beside others', async () => {
  const held = await administratorOf(sakura, 'held', '保留 一郎');
  const fresh = await administratorOf(sakura, 'fresh', '新田 二郎');
  const suspended = await administratorOf(sakura, 'gone', '停止 三郎');
  const soon = `genkan_now() + interval '1 day'`;
  await running.pool.query(`update accounts set held_until = ${soon} where id = $1`, [held.id]);
  await running.pool.query(`update accounts set probation_ends_at = ${soon} where id = $1`, [
    fresh.id,
  ]);
  await running.pool.query(`update accounts set state = 'suspended' where id = $1`, [suspended.id]);
  expect((await seenByStaff()).text).not.toMatch(/保留|新田|停止/);

  await running.pool.query(`update accounts set probation_ends_at = ${soon} where id = $1`, [
    sato.id,
  ]);
  const page = await seenByStaff();
  expect(page.text).toMatch(/佐藤/);
  expect(page.text).toMatch(/新田/);
  expect(page.text).not.toMatch(/保留/);
});

it('counts those beyond ten', async () => {
  for (let number = 0; number < 11; number += 1)
    await administratorOf(sakura, `admin-${number}`, `管理 ${number}`);
  const page = await seenByStaff();
  expect(page.text.match(/管理 \d+ 様/g)).toHaveLength(10);
  expect(page.text).toContain('ほか1名');
});

it('keeps person and menu where there is no page', async () => {
  const page = await seenByStaff('/no-such-page');
  expect(page.status).toBe(404);
  expect(page.header).toContain('鈴木 次郎 様');
  expect(page.header).toContain('よくある質問');
  const stranger = await running.visitor().opens('/no-such-page');
  expect(stranger.status).toBe(404);
  expect(stranger.header).not.toContain('様');
});
