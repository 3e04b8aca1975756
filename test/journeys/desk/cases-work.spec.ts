import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { WHY } from '../../support/desk-clerk.js';
import { atDesk, deskCases } from '../../support/desk-case.js';
import { signsIn } from '../../support/registration.js';
import { leftBehind, type LeftBehind } from '../../support/succession.js';

let running: RunningApp;
let nakai: Visitor;
let tamura: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
  tamura = await atDesk(running, 'tamura', '田村');
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

interface Asked extends LeftBehind {
  number: string;
  person: Visitor;
}

/** 佐藤, who is signed in, asks the desk. */
async function asked(): Promise<Asked> {
  const left = await leftBehind(running);
  const person = running.visitor();
  await signsIn(person, left.sato);
  await person.opens('/contact');
  person.fills('お問い合わせの内容', '請求書をなくしました。');
  await person.presses('送信');
  return { ...left, person, number: person.page.facts.受付番号! };
}

const stateOf = async ({ corporation }: LeftBehind) => {
  return (await deskCases(running, corporation))[0]!.state;
};

async function onTop(clerk: Visitor): Promise<Record<string, string>> {
  await clerk.opens('/desk');
  const tiles = clerk.page.root.querySelectorAll('.gk-tile');
  return Object.fromEntries(
    tiles.map((tile) => [tile.querySelector('a')!.text, tile.querySelector('p')!.text]),
  );
}

it('of two operators who take a case at once one gets it', async () => {
  const { number, corporation } = await asked();
  const take = (clerk: Visitor) =>
    clerk.sends('POST', `/desk/cases/${number}`, { fields: { act: 'take' } });
  await Promise.all([take(nakai), take(tamura)]);
  const { rows } = await running.pool.query<{ reason: string; operator: string }>(
    `select reason, facts ->> 'operator' as operator from audit_entries
     where act = 'case-assignment' and corporation_id = $1`,
    [corporation.id],
  );
  expect(rows.map(({ reason }) => reason).toSorted()).toEqual(['done', 'state-changed']);
  const winner = rows.find(({ reason }) => reason === 'done')!.operator;
  await nakai.opens(`/desk/cases/${number}`);
  expect(nakai.page.facts.担当).toBe(winner);
  expect(nakai.page.text).toContain(`担当：${winner} さん`);
});

it('says so when somebody else was faster', async () => {
  const { number } = await asked();
  await tamura.opens(`/desk/cases/${number}`);
  await nakai.opens(`/desk/cases/${number}`);
  await nakai.presses('自分が担当する');
  await tamura.presses('自分が担当する');
  expect(tamura.page.notice).toContain('先に変わったため、操作は行われませんでした');
  expect(tamura.page.facts.担当).toBe('中井');
});

it('is given to a colleague, and to nobody again', async () => {
  const left = await asked();
  await nakai.opens(`/desk/cases/${left.number}`);
  nakai.fills('担当するオペレーター', '田村');
  await nakai.presses('担当を変更する');
  expect(nakai.page.facts.担当).toBe('田村');
  expect(await stateOf(left)).toBe('in-work');
  await tamura.opens('/desk/cases?who=mine');
  await tamura.follows(left.number);
  await tamura.presses('担当を外す');
  expect(tamura.page.facts.担当).toBe('担当なし');
  expect(await stateOf(left)).toBe('new');
});

it('is nobody’s when its operator leaves the desk', async () => {
  const left = await asked();
  const clerk = await atDesk(running, 'morikawa', '森川');
  await clerk.opens(`/desk/cases/${left.number}`);
  await clerk.presses('自分が担当する');
  await new Operator(running).types('operator', 'end', 'morikawa', '--reason', '退職');
  await nakai.opens(`/desk/cases/${left.number}`);
  expect(nakai.page.facts.担当).toBe('担当なし');
  expect(await stateOf(left)).toBe('new');
});

it('waits for the customer for five working days, and goes on', async () => {
  // A Friday.
  await running.clock.stopsAt(new Date('2026-11-27T10:00:00+09:00'));
  const left = await asked();
  const due = async () => (await deskCases(running, left.corporation))[0]!.dueAt;
  expect(await due()).toEqual(new Date('2026-11-30T10:00:00+09:00'));
  const clerk = await atDesk(running, `mori-${left.number.toLowerCase()}`, '森田');
  await running.clock.stopsAt(new Date('2026-11-27T10:10:00+09:00'));
  await clerk.opens(`/desk/cases/${left.number}`);
  // Nobody has said anything to the customer yet.
  expect(clerk.page.text).not.toContain('お客様の返事待ちにする');
  await clerk.sends('POST', `/desk/cases/${left.number}`, { fields: { act: 'wait' } });
  expect(await due()).toEqual(new Date('2026-11-30T10:00:00+09:00'));
  await clerk.opens(`/desk/cases/${left.number}`);
  clerk.fills('メモ', 'お電話で、月をお尋ねしました。');
  await clerk.presses('メモを残す');
  await clerk.presses('お客様の返事待ちにする');
  expect(await due()).toEqual(new Date('2026-12-04T10:10:00+09:00'));
  await clerk.presses('対応に戻す');
  expect(await due()).toEqual(new Date('2026-11-30T10:10:00+09:00'));
});

it('closing and reopening are told to the company, notes never', async () => {
  const { number, person, ...left } = await asked();
  await nakai.opens(`/desk/cases/${number}`);
  nakai.fills('メモ', 'とても怒っている。\n<b>注意</b>');
  await nakai.presses('メモを残す');
  expect(nakai.page.text).toContain('とても怒っている。');
  expect(nakai.page.html).not.toContain('<b>注意');
  nakai.fills('メモ', ' ');
  await nakai.presses('メモを残す');
  expect(nakai.page.errors).toEqual(['メモを入力してください。']);
  await nakai.presses('完了にする');
  expect(nakai.page.errors).toEqual(['理由を入力してください。']);
  nakai.fills('完了の理由', WHY);
  await nakai.presses('完了にする');
  expect(await stateOf(left as LeftBehind)).toBe('done');
  expect(nakai.page.content('.gk-case-history').text).toContain(WHY);
  nakai.fills('再開の理由', 'もう一度お電話がありました');
  await nakai.presses('対応を再開する');
  expect(await stateOf(left as LeftBehind)).toBe('new');
  await person.opens('/log');
  expect(person.page.text).toContain('お申し出への対応を完了しました');
  expect(person.page.text).toContain(`理由：${WHY}`);
  expect(person.page.text).toContain('お申し出への対応を再開しました');
  for (const path of ['/log', '/', '/me/log', '/admin-enrollment/cases'])
    expect((await person.opens(path)).html).not.toMatch(/怒っている|中井/);
  const { rows } = await running.pool.query('select from audit_entries where facts::text ~ $1', [
    '怒っている',
  ]);
  expect(rows).toEqual([]);
});

it('is nothing to customers, whatever they are signed in to', async () => {
  const { number, person } = await asked();
  for (const path of ['/desk/cases', `/desk/cases/${number}`, `/desk/cases/${number}/answer`]) {
    const { headers } = await person.sends('GET', path);
    expect(headers.location).toBe(`/desk/login?next=${encodeURIComponent(path)}`);
  }
});

it('the TOP page counts what is overdue, due today, new and mine', async () => {
  await running.pool.query(`update desk_cases set state = 'done', closed_at = genkan_now()`);
  const { number } = await asked();
  await asked();
  expect(await onTop(nakai)).toMatchObject({ 期限超過: '0件', 新規: '2件', 自分の担当: '0件' });
  await nakai.opens(`/desk/cases/${number}`);
  await nakai.presses('自分が担当する');
  await running.pool.query(
    `update desk_cases set due_at = genkan_now() - interval '1 minute' where case_number = $1`,
    [number],
  );
  expect(await onTop(nakai)).toMatchObject({ 期限超過: '1件', 新規: '1件', 自分の担当: '1件' });
  await nakai.follows('期限超過');
  expect(nakai.page.content('.gk-table tbody').text).toContain(number);
  expect(nakai.page.root.querySelectorAll('.gk-table tbody tr')).toHaveLength(1);
  await nakai.opens('/desk/cases?state=done&kind=nonsense&page=99999');
  expect(nakai.page.text).toContain('条件に合う事案はありません。');
});

it('knows no case of another number', async () => {
  for (const number of ['new2-none', 'AAAA-AAAA', '..%2f', 'x'.repeat(500)])
    expect((await nakai.opens(`/desk/cases/${number}`)).status).toBe(404);
});
