import { RefusedRequests } from '../../../src/audit/refused-requests.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Clerk } from '../../support/desk-clerk.js';
import { accepts, invitationTo, invited, invites, office } from '../../support/invitation.js';
import { companyExists, deletes } from '../../support/members.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

/** The caller reads the number of the page out, and the desk what it shows. */
async function told({ page }: Visitor): Promise<string> {
  await running.app.get(RefusedRequests).write();
  await clerk.searches(page.facts.リクエスト番号!);
  const { text } = clerk.page;
  expect(text).toContain(page.h1);
  expect(text).not.toContain('別のサイトから送信されたか');
  expect(text).not.toContain('期限が切れているか、途中で');
  return text;
}

/** By a button of the list of open invitations. */
async function asksInList(person: Visitor, button: string): Promise<void> {
  await person.opens('/accounts/invitations');
  await person.presses(button);
  if (person.page.h1 !== 'パスワードの確認') return;
  person.fills('現在のパスワード', 'sakura-2026-mochi');
  await person.presses('操作を続ける');
}

describe('the number of a page that refuses leads to whom it refused, and why', () => {
  it.each<[string, string]>([
    ['利用を停止する', 'アカウントが停止されていました'],
    ['法人の利用を終了する', 'ご契約が終了していました'],
  ])('%s', async (act, why) => {
    const { corporation, suzuki } = await companyExists(running);
    const path = act.endsWith('停止する')
      ? `/desk/accounts/${suzuki.id}/acts/freeze`
      : `/desk/corporations/${corporation.id}/acts/close`;
    await clerk.confirms();
    await clerk.browser.opens(path);
    await clerk.acts(act);
    const caller = running.visitor();
    await signsIn(caller, suzuki);
    expect(caller.page.status).toBe(403);
    const text = await told(caller);
    for (const part of ['このアカウントはご利用いただけません', why, suzuki.name])
      expect(text).toContain(part);
    await clerk.browser.follows(suzuki.name);
    expect(clerk.page.text).toContain(corporation.corporateNumber);
  });

  it('deleted', async () => {
    const company = await companyExists(running);
    await deletes(running, company, company.suzuki);
    const caller = running.visitor();
    await signsIn(caller, company.suzuki);
    expect(await told(caller)).toMatch(/鈴木 一郎[\s\S]*アカウントが削除されていました/);
  });

  it('overtaken', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '5200001',
      name: 'みどり商事株式会社',
    });
    const [first, second] = [applicant('aoki'), applicant('ueda', { name: '上田 髙志' })];
    await registers(running.visitor(), corporation, first);
    await registers(running.visitor(), corporation, second);
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(second.email));
    await activates(
      running.visitor(),
      running.mailbox.linkIn(await running.mailbox.mailTo(first.email)),
    );
    const caller = running.visitor();
    await caller.opens(link);
    expect(caller.page.status).toBe(410);
    expect(await told(caller)).toMatch(/上田 髙志[\s\S]*管理者がすでに登録されていました/);
  });

  it('invited, with a link that was used', async () => {
    const { person } = await office(running);
    await invites(person, invited('used@sakura.example', { name: '石井 健' }));
    const link = await invitationTo(running, 'used@sakura.example');
    await accepts(running.visitor(), link, 'ishii-ken');
    const caller = running.visitor();
    await caller.opens(link);
    expect(await told(caller)).toMatch(/石井 健[\s\S]*URLは使用済みでした/);
  });

  it('of another page of somebody who is signed in', async () => {
    const { suzuki } = await companyExists(running);
    const caller = running.visitor();
    await signsIn(caller, suzuki);
    await caller.opens('/accounts');
    expect(caller.page.status).toBe(403);
    expect(await told(caller)).toContain('鈴木 一郎');
  });
});

describe('an invitation that is over', () => {
  it('is found when it was cancelled, with when, and what to do', async () => {
    const { person, corporation } = await office(running);
    const email = 'watanabe@sakura.example';
    await invites(person, invited(email, { name: '渡邊　龍', nameKana: 'ワタナベ リュウ' }));
    const link = await invitationTo(running, email);
    await asksInList(person, '取り消す');
    const caller = running.visitor();
    await caller.opens(link);
    expect(caller.page.h1).toBe('この招待は取り消されました');
    const said = /取り消された招待[\s\S]*貴社の管理者の方が取り消しました。/;
    expect(await told(caller)).toMatch(said);
    for (const line of ['渡邊龍', 'わたなべ りゅう', email, `${corporation.name} 渡邊`]) {
      await clerk.searches(line);
      expect([line, clerk.page.text]).toEqual([line, expect.stringMatching(said)]);
    }
    await clerk.browser.opens(`/desk/corporations/${corporation.id}#invitations`);
    expect(clerk.page.text).toMatch(said);
  });

  it('is one with the newer one that replaced it', async () => {
    const { person } = await office(running);
    const email = 'yoshida@sakura.example';
    await invites(person, invited(email, { name: '吉田 誠', nameKana: 'ヨシダ マコト' }));
    const link = await invitationTo(running, email);
    await running.clock.advance('10 minutes');
    await asksInList(person, '再送する');
    await clerk.searches('吉田 誠');
    expect(clerk.page.text.match(/吉田 誠/g)).toHaveLength(1);
    expect(clerk.page.text).toContain('前のメールのURLは使えません。');
    const caller = running.visitor();
    await caller.opens(link);
    expect(await told(caller)).toMatch(/新しい招待あり[\s\S]*新しいメールのURLを開いてください。/);
  });
});
