import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { WHY } from '../../support/desk-clerk.js';
import { atDesk, decides, deskCases, historyOf } from '../../support/desk-case.js';
import { provesFor } from '../../support/desk.js';
import { saidIn } from '../../support/log.js';
import { companyExists, deletes, signedIn } from '../../support/members.js';
import { hasFactor } from '../../support/second-factor.js';
import { firstUntold, probationIsOver } from '../../support/untold-registration.js';

const REMOVAL = '2段階認証の解除を始める';

let running: RunningApp;
let ueda: Visitor;
let tamura: Visitor;
beforeAll(async () => {
  running = await startApp();
  ueda = await atDesk(running, 'ueda', '上田');
  tamura = await atDesk(running, 'tamura', '田村');
});
afterAll(() => running.stop());

/** 上田 said the first word about the lost factor of 鈴木. */
async function wordSaid() {
  const company = await companyExists(running);
  await hasFactor(running, company.suzuki);
  await ueda.opens(`/desk/cases/new?account=${company.suzuki.id}`);
  ueda.fills('理由', WHY);
  await ueda.presses('事案を作る');
  const { number } = (await deskCases(running, company.corporation))[0]!;
  await decides(ueda, number, REMOVAL);
  return { ...company, number };
}

const ended = (number: string, cause = 'お申し出への対応が完了したため') =>
  `鈴木 一郎 様の2段階認証の解除について、担当窓口の1人目の判断の効力がなくなりました 受付番号：${number} ${cause}`;

async function beganAt(account: string): Promise<Date[]> {
  const { rows } = await running.pool.query<{ began_at: Date }>(
    'select began_at from factor_removals where account_id = $1 and began_at is not null',
    [account],
  );
  return rows.map((row) => row.began_at);
}

it('ends a word with the case that the company ended by a deletion', async () => {
  const company = await wordSaid();
  const { number, suzuki, sato } = company;
  for (const path of ['/desk', `/desk/search?q=${number}`])
    expect([path, (await ueda.opens(path)).text]).toEqual([
      path,
      expect.stringContaining('2人目の判断待ち'),
    ]);
  const person = await deletes(running, company, suzuki);
  const cause = '利用者が削除されたため';
  expect(await saidIn(await signedIn(running, sato), {})).toContain(ended(number, cause));
  await ueda.opens(`/desk/cases/${number}`);
  expect(historyOf(ueda)[1]).toContain('効力がなくなりました');
  expect(ueda.page.text).not.toContain('2人目の判断');

  await person.follows('元に戻す', '鈴木 一郎');
  await person.presses('元に戻す');
  await tamura.opens(`/desk/cases/${number}`);
  expect(tamura.page.text).not.toContain('この事案の判断');
  expect(tamura.page.text).not.toContain('2人目の判断');
  await tamura.opens(`/desk/cases/${number}/decisions/remove-factor`);
  expect(tamura.page.path).toBe(`/desk/cases/${number}`);
  const types = ['account', 'remove-factor', suzuki.loginId];
  await new Operator(running).types(...types, '--operator', '田村', '--reason', WHY);
  expect(await beganAt(suzuki.id)).toEqual([]);
});

it('ends a word with the case of somebody whom the desk erases, and speaks of no retention', async () => {
  const { number, suzuki, sato } = await wordSaid();
  const by = ['--operator', '田村', '--reason', WHY];
  const erased = await new Operator(running).types('account', 'erase', suzuki.loginId, ...by);
  expect(erased).toMatchObject({ exitCode: 0, err: '' });
  const [, ...said] = await saidIn(await signedIn(running, sato), {});
  expect(said[0]).toContain('利用者を削除し、個人情報を消去しました');
  expect(said[1]).toContain(`対応を完了しました 受付番号：${number} 理由：${WHY}`);
  expect(said[2]).toMatch(/判断の効力が.*利用者の個人情報が消去されたため/);
  expect(said.join()).not.toContain('保存期間を過ぎた利用者の個人情報');
  await ueda.opens(`/desk/cases/${number}`);
  expect(historyOf(ueda)[0]).toContain(`田村 さん： 状態 完了 ${WHY}`);
  expect(ueda.page.text).not.toContain('解除を始める前に');
});

it('takes the word for a removal back when its case is closed by hand', async () => {
  const { number, suzuki, sato, corporation } = await wordSaid();
  await provesFor(tamura, `/desk/cases/${number}/decisions/remove-factor`);
  await tamura.presses(REMOVAL);
  expect(tamura.page.status).toBe(422);
  await ueda.opens(`/desk/cases/${number}`);
  expect(ueda.page.text).toContain('完了にすると、1人目の判断は取り消されます。');
  ueda.fills('完了の理由', WHY);
  await ueda.presses('完了にする');
  expect(ueda.page.text).not.toContain('上田 さんが2段階認証の解除を求めています。');
  const person = await signedIn(running, sato);
  const said = await saidIn(person, { who: '担当窓口' });
  expect(said).toContain(ended(number));
  expect(said).toContain(
    `「鈴木 一郎 様の2段階認証の解除」を申請しました（2人目の確認待ち） 受付番号：${number} 理由：${WHY}`,
  );
  tamura.fills('理由', WHY);
  await tamura.presses(REMOVAL);
  expect(tamura.page.text).toContain('完了した事案です。先に対応を再開してください。');
  expect(await beganAt(suzuki.id)).toEqual([]);
  expect((await deskCases(running, corporation)).map(({ state }) => state)).toEqual(['done']);
  // Words of an opened case are new ones.
  await tamura.opens(`/desk/cases/${number}`);
  tamura.fills('再開の理由', WHY);
  await tamura.presses('対応を再開する');
  await decides(tamura, number, REMOVAL);
  expect(tamura.page.text).toContain('田村 さんが2段階認証の解除を求めています。');
  await decides(ueda, number, REMOVAL);
  expect(await beganAt(suzuki.id)).toHaveLength(1);
  const over = historyOf(ueda).filter((entry) => entry.includes('効力がなくなりました'));
  expect(over).toEqual([expect.stringContaining('上田 さん')]);
});

it('opens no older case again: the matter goes on in the newest one', async () => {
  const { number, suzuki, corporation } = await wordSaid();
  const closes = async (of: string) => {
    await ueda.opens(`/desk/cases/${of}`);
    ueda.fills('完了の理由', WHY);
    await ueda.presses('完了にする');
  };
  const reopens = async () => {
    tamura.fills('再開の理由', WHY);
    await tamura.presses('対応を再開する');
    return tamura.page.notice;
  };
  await closes(number);
  await tamura.opens(`/desk/cases/${number}`);
  const ofBefore = tamura.tab();
  await ofBefore.opens(`/desk/cases/${number}`);
  await ueda.opens(`/desk/cases/new?account=${suzuki.id}`);
  ueda.fills('理由', WHY);
  await ueda.presses('事案を作る');
  const newer = (await deskCases(running, corporation)).find((of) => of.number !== number)!.number;
  const leadsOn = `事案 ${number} は再開していません。この件は、このページの事案に引き継がれています。`;
  expect(await reopens()).toContain(leadsOn);
  expect(tamura.page.path).toBe(`/desk/cases/${newer}`);
  await closes(newer);
  ofBefore.fills('再開の理由', WHY);
  await ofBefore.presses('対応を再開する');
  expect([ofBefore.page.path, ofBefore.page.notice]).toEqual([
    `/desk/cases/${newer}`,
    expect.stringContaining(leadsOn),
  ]);
  const states = (await deskCases(running, corporation)).map(({ state }) => state);
  expect(states).toEqual(['done', 'done']);
  await tamura.opens(`/desk/cases/${number}`);
  expect(tamura.page.text).not.toContain('対応を再開する');
  await tamura.follows(newer);
  await ofBefore.opens(`/desk/cases/${newer}`);
  expect(await reopens()).toContain('への対応を再開しました');
  ofBefore.fills('再開の理由', WHY);
  await ofBefore.presses('対応を再開する');
  expect(ofBefore.page.notice).toContain(`事案 ${newer} への対応は、すでに再開されています。`);
  await decides(tamura, newer, REMOVAL);
  await decides(ueda, newer, REMOVAL);
  expect(await beganAt(suzuki.id)).toHaveLength(1);
});

it('takes the words about a registration back when its case is closed by hand', async () => {
  const { corporation, number } = await firstUntold(running);
  await decides(ueda, number, '登録を取り消す');
  expect((await tamura.opens(`/desk/search?q=${number}`)).text).toContain('2人目の判断待ち');
  await probationIsOver(running, corporation);
  await ueda.opens(`/desk/cases/${number}`);
  ueda.fills('完了の理由', WHY);
  await ueda.presses('完了にする');
  expect(ueda.page.text).not.toContain('上田 さんが取り消しを求めています。');
  const dismissal = await new Operator(running).types(
    'enrollment',
    'dismiss',
    number,
    '--operator',
    '田村',
    '--reason',
    WHY,
  );
  expect(dismissal.exitCode).toBe(1);
  expect(dismissal.err).toContain('the case is done.');
  const { rows } = await running.pool.query(
    `select a.state, (select count(*)::int from audit_entries e where e.corporation_id = $1
                      and e.act = 'first-word-end' and e.facts ->> 'cause' = 'case-closed') as ends
     from accounts a where corporation_id = $1`,
    [corporation.id],
  );
  expect(rows).toEqual([{ state: 'active', ends: 1 }]);
});
