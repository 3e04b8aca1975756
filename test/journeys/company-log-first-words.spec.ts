import { Appointments } from '../../src/admin-enrollment/cases/appointments.js';
import { DeskDecisions } from '../../src/admin-enrollment/cases/desk-decisions.js';
import { startApp, type RunningApp } from '../support/app.js';
import { BY_NAKAI, BY_TAMURA, onlyCase } from '../support/desk-people.js';
import { saidIn } from '../support/log.js';
import { signedIn } from '../support/members.js';
import { leftBehind, takesOver } from '../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('tells of a first word about an administrator, and of what ends it', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  const { number } = await onlyCase(running, left);
  const desk = running.app.get(DeskDecisions);
  await desk.dismiss(number, BY_TAMURA);
  await desk.uphold(number, BY_TAMURA);
  const ogawa = { name: '小川 恵', nameKana: 'おがわ めぐみ', email: 'ogawa@example.jp' };
  await running.app.get(Appointments).give(number, ogawa, BY_TAMURA);
  const person = await signedIn(running, left.sato);
  const why = `受付番号：${number} 理由：${BY_TAMURA.why}`;
  const ended = `担当窓口の1人目の判断の効力がなくなりました 受付番号：${number} 別の判断が示されたため`;
  expect(await saidIn(person, { who: '担当窓口' })).toEqual([
    // Why somebody is named stays at the desk.
    `「管理者となる方の指名」を申請しました（2人目の確認待ち） 受付番号：${number}`,
    ended,
    `「管理者の登録の承認」を申請しました（2人目の確認待ち） ${why}`,
    ended,
    `「管理者の登録の却下」を申請しました（2人目の確認待ち） ${why}`,
  ]);
  expect(person.page.text).not.toMatch(/小川|ogawa/);
});

it('tells that a name which somebody waited to confirm gives way to a dismissal', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  const { number } = await onlyCase(running, left);
  const ogawa = { name: '小川 恵', nameKana: 'おがわ めぐみ', email: 'ogawa@example.jp' };
  await running.app.get(Appointments).give(number, ogawa, BY_TAMURA);
  for (const by of [BY_TAMURA, BY_NAKAI]) await running.app.get(DeskDecisions).dismiss(number, by);
  const person = await signedIn(running, left.sato);
  const said = await saidIn(person, { who: '担当窓口' });
  expect(said.slice(0, 2)).toEqual([
    expect.stringContaining('管理者の登録を却下すると決定しました'),
    `担当窓口の1人目の判断の効力がなくなりました 受付番号：${number} 別の判断が示されたため`,
  ]);
});
