import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import {
  deskPersonExists,
  pressesAtDesk,
  provesAtDesk,
  signsInAtDesk,
} from '../../support/desk.js';
import { WHY } from '../../support/desk-clerk.js';

let running: RunningApp;
let lead: Visitor;
beforeAll(async () => {
  running = await startApp();
  const tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
  await deskPersonExists(running, { loginId: 'horiuchi', name: '堀内' });
  lead = running.visitor();
  await signsInAtDesk(lead, tamura);
});
afterAll(() => running.stop());

it('asks for the factor in each of two acts on one person', async () => {
  await lead.opens('/desk/operators');
  await lead.follows('堀内');
  const page = lead.page.path;
  lead.fills('理由', WHY);
  await pressesAtDesk(lead, '設定のやり直しのメールを送る');
  expect(lead.page.notice).toContain('堀内 さんのパスワードと2段階認証を取り消し');
  await lead.opens(page);
  lead.fills('理由', WHY);
  await lead.presses('責任者にする');
  expect(lead.page.h1).toBe('本人確認');
  const { rows } = await running.pool.query(
    "select role from operators where login_id = 'horiuchi'",
  );
  expect(rows).toEqual([{ role: 'clerk' }]);
});

it('asks for the factor in each of two additions, also where the first form was wrong', async () => {
  const adds = async (loginId: string, name: string) => {
    await lead.opens('/desk/operators/new');
    await lead.submits({
      loginId,
      name,
      email: `new-${loginId}@desk.example`,
      role: 'clerk',
      why: WHY,
    });
  };
  await adds('horiuchi', '西村');
  await provesAtDesk(lead);
  await lead.presses('追加してメールを送る');
  expect(lead.page.status).toBe(422);
  lead.fills('ログインID', 'nishimura');
  await lead.presses('追加してメールを送る');
  expect(lead.page.notice).toContain('西村 さんを追加し');
  await adds('toro', '土呂');
  expect(lead.page.h1).toBe('本人確認');
});
