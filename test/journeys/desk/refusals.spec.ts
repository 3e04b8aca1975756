import { HourlyCounts } from '../../../src/audit/hourly-counts.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import {
  deskPersonExists,
  givesPassword,
  isInvited,
  signsInAtDesk,
  type DeskPerson,
} from '../../support/desk.js';
import { Operator } from '../../support/command.js';
import { told } from '../../support/route-walk.js';

let running: RunningApp;
let tamura: DeskPerson;
let left: DeskPerson;
beforeAll(async () => {
  running = await startApp();
  tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
  left = await deskPersonExists(running, { loginId: 'ohno', name: '大野' });
  const ended = await new Operator(running).types('operator', 'end', 'ohno', '--reason', '退職');
  expect(ended).toMatchObject({ exitCode: 0, err: '' });
});
afterAll(() => running.stop());

const tries = (who: Visitor, loginId: string, password: string) =>
  who.sends('POST', '/desk/login', { fields: { loginId, password, next: '/desk' } });

const entries = async (reason: string) => {
  const { rows } = await running.pool.query<{
    facts: Record<string, string>;
    corporation_id: null;
  }>(`select facts, corporation_id from audit_entries where act = 'desk-sign-in' and reason = $1`, [
    reason,
  ]);
  return rows;
};

it('answers unknown, wrong, not set up, ended and waiting alike', async () => {
  await isInvited(running, { loginId: 'waiting', name: '待つ人' });
  const slow = await deskPersonExists(running, { loginId: 'slow', name: '遅い人' });
  for (let round = 0; round < 7; round += 1)
    await tries(running.visitor(), slow.loginId, 'wrong-2026-password');
  const answers = [];
  for (const [loginId, password] of [
    ['nobody', 'wrong-2026-password'],
    [tamura.loginId, 'wrong-2026-password'],
    ['waiting', 'wrong-2026-password'],
    [left.loginId, left.password],
    [slow.loginId, slow.password],
  ] as const) {
    const answer = await tries(running.visitor(), loginId, password);
    const cookies = answer.headers['set-cookie'] ?? [];
    answers.push([cookies, told(answer).replaceAll(loginId, 'LOGIN-ID')]);
  }
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(JSON.stringify(answers[0])).toContain('ログインできません');
});

it('makes no wait of a stranger one of the known browser', async () => {
  const own = running.visitor();
  await signsInAtDesk(own, tamura);
  await own.presses('ログアウト');
  const stranger = running.visitor();
  for (let round = 0; round < 12; round += 1)
    await tries(stranger, tamura.loginId, 'wrong-2026-password');
  expect((await tries(running.visitor(), tamura.loginId, tamura.password)).status).toBe(422);
  await signsInAtDesk(own, tamura);
  expect(own.page.path).toBe('/desk');
});

it('shares no wait with a customer of the same login ID and network', async () => {
  const { rows } = await running.pool.query<{ key: string }>(
    `select distinct split_part(key, ':', 1) as key from waiting_times order by 1`,
  );
  expect(rows.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['desk-login-id', 'desk-network']),
  );
  expect(rows.filter(({ key }) => !key.startsWith('desk-'))).toEqual([]);
});

it('keeps one unfinished sign-in of a person, in the browser that began it last', async () => {
  await running.clock.advance('1 day');
  const [first, second] = [running.visitor(), running.visitor()];
  await givesPassword(first, tamura);
  await givesPassword(second, tamura);
  first.fills('確認コード', await tamura.app.nextCode());
  await first.presses('ログイン');
  expect(first.page.path).toMatch(/^\/desk\/login/);
  second.fills('確認コード', await tamura.app.nextCode());
  await second.presses('ログイン');
  expect(second.page.path).toBe('/desk');
});

it('takes each code once, and makes guesses wait', async () => {
  await running.clock.advance('1 day');
  const code = await tamura.app.nextCode();
  const [first, second] = [running.visitor(), running.visitor()];
  await givesPassword(first, tamura);
  first.fills('確認コード', code);
  await first.presses('ログイン');
  expect(first.page.path).toBe('/desk');
  await givesPassword(second, tamura);
  const wrong = await tamura.app.wrongCode();
  const statuses = [];
  for (const given of [code, wrong, wrong, wrong, wrong, wrong, wrong]) {
    second.fills('確認コード', given);
    statuses.push((await second.presses('ログイン')).status);
  }
  expect(statuses).toEqual([422, 422, 422, 422, 422, 422, 429]);
});

it('counts tries while somebody waits by the hour, in no row of their own', async () => {
  await running.clock.advance('1 day');
  const own = running.visitor();
  await signsInAtDesk(own, tamura);
  const fields = { code: await tamura.app.wrongCode(), next: '/desk' };
  await tries(own, tamura.loginId, tamura.password);
  for (const path of ['/desk/login/second-factor', '/desk/confirmation'])
    for (let time = 0; time < 9; time += 1) await own.sends('POST', path, { fields });
  const rows = await running.pool.query(
    `select from audit_entries where act in ('desk-sign-in', 'desk-confirmation') and reason = 'waiting'`,
  );
  await running.app.get(HourlyCounts).write();
  const { rows: counted } = await running.pool.query<{ act: string }>(
    `select split_part(key, '|', 2) as act from limit_counters
     where key like 'hourly|desk-%|waiting|%' order by 1`,
  );
  expect(rows.rowCount).toBe(0);
  expect(counted).toEqual([{ act: 'desk-confirmation' }, { act: 'desk-sign-in' }]);
});

it('writes sign-ins and failures into the log of no company, under the name of the person', async () => {
  for (const reason of ['done', 'password-wrong', 'second-factor-needed', 'second-factor-wrong']) {
    const rows = await entries(reason);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.some(({ facts }) => facts.operator === '田村')).toBe(true);
    expect(rows.every(({ corporation_id: of }) => of === null)).toBe(true);
  }
});
