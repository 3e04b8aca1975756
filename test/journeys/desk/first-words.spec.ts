import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { WHY } from '../../support/desk-clerk.js';
import { atDesk, decides, deskCases, type StoredCase } from '../../support/desk-case.js';
import { deskPersonExists } from '../../support/desk.js';
import { activates, applicant, registers } from '../../support/registration.js';
import { hasFactor } from '../../support/second-factor.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
afterAll(() => running.stop());

/** 鈴木 came in, and 佐藤 objected. */
async function objected(): Promise<LeftBehind & { number: string; link: string }> {
  const left = await leftBehind(running);
  await takesOverAndSignsIn(running, left);
  const link = await objectionLink(running, left.sato);
  await objects(running.visitor(), link, 'この方は知りません。');
  const [found] = await deskCases(running, left.corporation);
  return { ...left, link, number: found!.number };
}

it('forgets the first word of somebody whose access was ended', async () => {
  const { number, corporation } = await objected();
  const miura = await atDesk(running, 'miura', '三浦');
  await decides(miura, number, '登録を承認する');
  expect(miura.page.text).toContain('三浦 さんが承認を求めています。');
  await deskPersonExists(running, { loginId: 'okano', name: '岡野', role: 'lead' });
  const byLead = ['--operator', '岡野', '--reason', WHY];
  const ended = await new Operator(running).types('operator', 'end', 'miura', ...byLead);
  expect(ended).toMatchObject({ exitCode: 0 });
  await nakai.opens(`/desk/cases/${number}`);
  expect(nakai.page.text).not.toContain('三浦 さんが承認を求めています。');
  await nakai.opens(`/desk/corporations/${corporation.id}`);
  expect(nakai.page.text).toMatch(
    new RegExp(`1人目の判断の効力がなくなりました[^。]*${number}[^。]*担当窓口を離れたため`),
  );
  await decides(nakai, number, '登録を承認する');
  expect(nakai.page.text).toContain('中井 さんが承認を求めています。');
  expect((await deskCases(running, corporation))[0]!.state).not.toBe('done');
});

it('forgets the first word of somebody whose sign-in was reset', async () => {
  const { number, corporation } = await objected();
  const kato = await atDesk(running, 'kato', '加藤');
  await decides(kato, number, '登録を承認する');
  const byLead = ['--operator', '岡野', '--reason', WHY];
  const reset = await new Operator(running).types('operator', 'reset', 'kato', ...byLead);
  expect(reset).toMatchObject({ exitCode: 0 });
  await nakai.opens(`/desk/cases/${number}`);
  expect(nakai.page.text).not.toContain('加藤 さんが承認を求めています。');
  await nakai.opens(`/desk/corporations/${corporation.id}`);
  expect(nakai.page.text).toMatch(
    new RegExp(`1人目の判断の効力がなくなりました[^。]*${number}[^。]*設定をやり直したため`),
  );
});

it('tells what took back a first word', async () => {
  const { number, corporation, link } = await objected();
  await decides(nakai, number, '登録を承認する');
  const sato = running.visitor();
  await sato.opens(link);
  sato.fills('担当窓口へのご説明', 'まだ在籍しています。');
  await sato.presses('担当窓口へ送る');
  await nakai.opens(`/desk/corporations/${corporation.id}`);
  expect(nakai.page.text).toMatch(
    new RegExp(`1人目の判断の効力がなくなりました[^。]*${number}[^。]*説明が寄せられたため`),
  );
});

it('takes the word for a removal back when its case is closed by hand', async () => {
  const left = await leftBehind(running);
  const ueda = await atDesk(running, 'ueda', '上田');
  await hasFactor(running, left.sato);
  await ueda.opens(`/desk/cases/new?account=${left.sato.id}`);
  ueda.fills('理由', WHY);
  await ueda.presses('事案を作る');
  const { number } = (await deskCases(running, left.corporation))[0]!;
  await decides(ueda, number, '2段階認証の解除を始める');
  expect(ueda.page.text).toContain('完了にすると、1人目の判断は取り消されます。');
  ueda.fills('完了の理由', WHY);
  await ueda.presses('完了にする');
  expect(ueda.page.text).not.toContain('上田 さんが2段階認証の解除を求めています。');
  await ueda.opens(`/desk/corporations/${left.corporation.id}`);
  expect(ueda.page.text).toMatch(
    /1人目の判断の効力がなくなりました[^。]*お申し出への対応が完了したため/,
  );
  // A word from the page of the closed case is the first one again, and brings the case back.
  const tamura = await atDesk(running, 'tamura', '田村');
  await decides(tamura, number, '2段階認証の解除を始める');
  const { rows } = await running.pool.query(
    'select began_at from factor_removals where account_id = $1',
    [left.sato.id],
  );
  expect(rows).toEqual([{ began_at: null }]);
  expect((await deskCases(running, left.corporation)).map(({ state }) => state)).toEqual([
    'in-work',
  ]);
});

it('takes the words about a registration back when its case is closed by hand', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '8123001',
    name: '株式会社ひいらぎ',
  });
  const newcomer = applicant('hiiragi');
  await registers(running.visitor(), corporation, newcomer);
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(newcomer.email));
  await activates(running.visitor(), link);
  const [{ number }] = (await deskCases(running, corporation)) as [StoredCase];
  const hagi = await atDesk(running, 'hagi', '萩原');
  await decides(hagi, number, '登録を取り消す');
  hagi.fills('完了の理由', WHY);
  await hagi.presses('完了にする');
  expect(hagi.page.text).not.toContain('萩原 さんが取り消しを求めています。');
  await decides(await atDesk(running, 'tsuda', '津田'), number, '登録を取り消す');
  const { rows } = await running.pool.query(
    `select a.state, (select count(*)::int from audit_entries e where e.corporation_id = $1
                      and e.act = 'first-word-end' and e.facts ->> 'cause' = 'case-closed') as ends
     from accounts a where corporation_id = $1`,
    [corporation.id],
  );
  expect(rows).toEqual([{ state: 'active', ends: 1 }]);
});
