import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { Clerk, WHY } from '../../support/desk-clerk.js';
import { decides, deskCases } from '../../support/desk-case.js';
import { onlyCase } from '../../support/desk-people.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

/** The desk sends the newcomer of a case away. */
async function dismissed(left: LeftBehind): Promise<string> {
  await takesOverAndSignsIn(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const { number } = (await deskCases(running, left.corporation))[0]!;
  await decides(clerk.browser, number, '登録を取り消す');
  return number;
}

it('tells whoever was overtaken who helps, as the page of the link does', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '5100071',
    name: 'つぐみ商会',
  });
  const slow = applicant('tsugumi-1', { name: '上田 髙志' });
  const fast = applicant('tsugumi-2', { name: '青木 邉子' });
  for (const entered of [slow, fast]) await registers(running.visitor(), corporation, entered);
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(slow.email));
  await activates(
    running.visitor(),
    running.mailbox.linkIn(await running.mailbox.mailTo(fast.email)),
  );
  const caller = running.visitor();
  await caller.opens(link);
  expect(caller.page.h1).toBe('すでに管理者が登録されています');
  expect(caller.page.text).toContain('管理者の追加登録へ進む');
  const from = /追加できるのは、\d+年\d+月\d+日\(.\) \d+時\d+分からです。/;
  expect(caller.page.text).toMatch(from);
  await clerk.finds(slow.loginId, slow.name);
  expect(clerk.verdict).toBe('「登録の完了」が原因です');
  expect(clerk.sentence).toMatch(/招待をご依頼いただけるのは\d+年.*からです。/);
  expect(clerk.sentence).toContain('管理者の追加登録（/admin-enrollment）をお申し込みいただけます');
  await running.pool.query(
    'update accounts set probation_ends_at = genkan_now() where corporation_id = $1',
    [corporation.id],
  );
  await caller.opens(link);
  expect(caller.page.text).not.toContain('追加できるのは');
  await clerk.browser.reloads();
  expect(clerk.sentence).toContain('管理者の方に招待をご依頼ください');
  expect(clerk.sentence).toContain('管理者の追加登録をお願いします');
  expect(clerk.page.text).toContain('ほかの方が先に登録');
  expect(clerk.page.text).not.toMatch(/期限(が過ぎ|切れ)|登録完了のメールを再送する/);
  await clerk.browser.follows('管理者の方を確認する');
  expect(clerk.page.content('[aria-labelledby=administrators]').text).toContain(fast.name);
});

it('tells whoever applied twice to sign in with the later registration', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '5100072',
    name: 'ひばり商会',
  });
  const [first, second] = [applicant('hibari-1'), applicant('hibari-2')];
  for (const entered of [first, { ...second, name: first.name }])
    await registers(running.visitor(), corporation, entered);
  await activates(
    running.visitor(),
    running.mailbox.linkIn(await running.mailbox.mailTo(second.email)),
  );
  await clerk.finds(first.loginId, first.name);
  expect(clerk.sentence).toContain('あとから登録したログインIDとパスワードでログインしてください');
  expect(clerk.sentence).toContain('お心当たりがないときは、お知らせください');
  expect(clerk.sentence).not.toMatch(/招待|admin-enrollment/);
});

describe('a newcomer whom the desk sent away', () => {
  it('hears of the decision, its reason and the way on; the act opens the case', async () => {
    const left = await leftBehind(running);
    const number = await dismissed(left);
    await clerk.finds(left.suzuki.loginId, left.suzuki.name);
    expect(clerk.verdict).toBe('「アカウントの状態」が原因です');
    expect(clerk.sentence).toContain(`管理者の登録（${number}）を取り消しました。理由：${WHY}`);
    expect(clerk.sentence).toContain('貴社の管理者の方に招待をご依頼ください');
    expect(clerk.page.text).not.toContain('状況を確認します');
    await clerk.browser.follows('事案を確認する');
    expect(clerk.page.url.pathname).toBe(`/desk/cases/${number}`);
  });

  it('is sent to nobody who is not there, neither by the desk nor at the door', async () => {
    const left = await leftBehind(running);
    await dismissed(left);
    await running.pool.query(
      `update accounts set state = 'suspended', suspended_at = genkan_now(), frozen_by_desk = true
       where id = $1`,
      [left.sato.id],
    );
    const caller = running.visitor();
    await signsIn(caller, left.suzuki);
    await clerk.finds(left.suzuki.loginId, left.suzuki.name);
    for (const said of [caller.page.text, clerk.sentence]) {
      expect(said).toContain('貴社には管理者の方がいらっしゃいません');
      expect(said).not.toContain('招待をご依頼');
    }
    expect(caller.page.link('新規登録へ進む').getAttribute('href')).toBe('/initiate');
  });
});

it('promises no way back where only a newcomer is there, and counts no browsers', async () => {
  const left = await leftBehind(running);
  const newcomer = await takesOverAndSignsIn(running, left);
  await signsIn(running.visitor(), left.sato);
  await newcomer.opens(`/accounts/deletion?accountId=${left.sato.id}`);
  await newcomer.presses('削除');
  await clerk.finds(left.sato.loginId, left.sato.name);
  expect(clerk.page.text).toContain('0台');
  expect(clerk.page.text).toContain('元に戻せる管理者の方がいません');
  expect(clerk.page.text).not.toContain('管理者の方が元に戻せます');
  const { number } = await onlyCase(running, left);
  const { out } = await new Operator(running).types('account', 'show', left.sato.loginId);
  expect(out).toContain(`genkan enrollment show ${number}`);
  expect(out).toContain('sessions: 0');
});
