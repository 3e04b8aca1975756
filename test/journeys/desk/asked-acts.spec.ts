import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { deskCases } from '../../support/desk-case.js';
import { deskPersonExists, provesAtDesk, signsInAtDesk } from '../../support/desk.js';
import { smallCompany } from '../../support/lost-factor.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
} from '../../support/succession.js';

let running: RunningApp;
let lead: Visitor;
beforeAll(async () => {
  running = await startApp();
  const tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
  await deskPersonExists(running, { loginId: 'nakai', name: '中井' });
  lead = running.visitor();
  await signsInAtDesk(lead, tamura);
  await running.clock.advance('6 minutes');
});
afterAll(() => running.stop());

/** In front of the question, and in the log behind it. */
async function isAsked(act: string, whom: string): Promise<void> {
  expect(lead.page.h1).toBe('本人確認');
  expect(lead.page.facts).toMatchObject({ 続ける操作: act, 操作の対象: whom });
  await provesAtDesk(lead);
  const { href } = lead.page.url;
  await lead.opens('/desk/log');
  expect(lead.page.text).toContain(`続ける操作：${act}`);
  expect(lead.page.text).toContain(`対象：${whom}`);
  await lead.opens(href);
}

it('names what is done, and to whom, in the question for the factor and in the log', async () => {
  await lead.opens('/desk/operators');
  await lead.follows('中井');
  await provesAtDesk(lead);
  await lead.opens('/desk/operators/new');
  lead.fills('氏名', '西村 光');
  lead.fills('ログインID', 'nishimura');
  lead.fills('メールアドレス', 'nishimura@desk.example');
  lead.fills('理由', '増員のため');
  await lead.presses('追加してメールを送る');
  await isAsked('オペレーターの追加', '西村 光');
  await lead.opens('/desk/operators');
  await lead.follows('中井');
  lead.fills('理由', '昇格のため');
  await lead.presses('責任者にする');
  await isAsked('責任者にする変更', '中井');
});

it('names the case of a decision', async () => {
  const left = await leftBehind(running);
  await takesOverAndSignsIn(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const [found] = await deskCases(running, left.corporation);
  await lead.opens(`/desk/confirmation?next=/desk/cases/${found!.number}/decisions/dismiss`);
  await isAsked('登録の取り消し', `${found!.number} / ${left.corporation.name}`);
});

it('keeps a customer’s name on the page, and out of the log', async () => {
  const { sato, corporation } = await smallCompany(running);
  await lead.opens(`/desk/cases/new?account=${sato.id}`);
  lead.fills('理由', '電話での申し出');
  await lead.presses('事案を作る');
  const { number } = (await deskCases(running, corporation))[0]!;
  await lead.opens(`/desk/confirmation?next=/desk/cases/${number}/decisions/remove-factor`);
  const named = `${number} / ${corporation.name} / ${sato.name}`;
  expect(lead.page.facts.操作の対象).toBe(named);
  await provesAtDesk(lead);
  const { rows } = await running.pool.query<{ whom: string }>(
    `select facts->>'whom' as whom from audit_entries
     where act = 'desk-confirmation' order by id desc limit 1`,
  );
  expect(rows).toEqual([{ whom: `${number} / ${corporation.name}` }]);
});
