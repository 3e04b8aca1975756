import { DeskDecisions } from '../../src/admin-enrollment/cases/desk-decisions.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { Operator } from '../support/command.js';
import { BY_NAKAI, BY_TAMURA, grant, onlyCase } from '../support/desk-people.js';
import { linesOf, saidIn } from '../support/log.js';
import { signedIn } from '../support/members.js';
import { applicant, activates, registers } from '../support/registration.js';
import { reviewedBeside } from '../support/reviewed-beside.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  takesOverAndSignsIn,
} from '../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function log(person: Visitor) {
  await person.opens('/log');
  return linesOf(person).map(({ who, what, result }) => `${who}：${what} ${result}`);
}

it('tells whom an objection brought back and whom it stopped, also by their names', async () => {
  const left = await leftBehind(running, 1);
  const { sato, suzuki } = left;
  const newcomer = await takesOverAndSignsIn(running, left);
  const link = await objectionLink(running, sato);
  await newcomer.opens(`/accounts/deletion?accountId=${sato.id}`);
  const fields = { accountId: sato.id };
  expect((await newcomer.sends('POST', '/accounts/deletion', { fields })).status).toBe(303);
  await objects(running.visitor(), link);
  const { number } = await onlyCase(running, left);
  const told = [
    `自動処理：${sato.name} 様の削除を取り消し、元に戻しました 受付番号：${number} 完了`,
    `自動処理：${suzuki.name} 様の利用を停止しました 受付番号：${number} 完了`,
  ];
  const person = await signedIn(running, sato);
  expect(await log(person)).toEqual(expect.arrayContaining(told));
  expect(await saidIn(person, { who: suzuki.loginId })).toContain(
    `${suzuki.name} 様の利用を停止しました 受付番号：${number}`,
  );
});

it('tells a decision that the desk was refused as refused, with a reason of its own', async () => {
  const { left, number } = await reviewedBeside(running);
  const decisions = running.app.get(DeskDecisions);
  const first = (
    await running.pool.query<{ number: string }>(
      "select case_number as number from enrollments where corporation_id = $1 and state = 'running'",
      [left.corporation.id],
    )
  ).rows[0]!;
  for (const by of [BY_TAMURA, BY_NAKAI]) await decisions.uphold(first.number, by);
  await grant(new Operator(running), number);
  expect(await decisions.uphold(number, BY_TAMURA)).toMatchObject({ reason: 'mailbox-unproved' });
  const said = (await log(await signedIn(running, left.sato)))[1];
  expect(said).toBe(
    `担当窓口：管理者の登録について決定しようとしました 受付番号：${number} 理由：${BY_TAMURA.why} できませんでした 申し込んだ方のメールの確認が済んでいませんでした`,
  );
});

it('tells of an application that goes to the desk once, and not as a completed registration', async () => {
  const { left, number } = await reviewedBeside(running);
  const said = await log(await signedIn(running, left.sato));
  const ofApplication = said.filter((line) => line.includes(number));
  expect(ofApplication).toEqual([
    `お手続き中の方：届いたメールのURLを開き、メールアドレスを確認しました 受付番号：${number} 受付 担当窓口が審査します`,
    `お手続き中の方：管理者の追加登録をお申し込みになりました 受付番号：${number} 完了`,
  ]);
});

it('calls a first registration no additional one, whoever objects to it or decides it', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '5300001',
    name: '若葉商事株式会社',
    billingEmail: 'keiri@wakaba.example',
  });
  const entered = applicant('wakaba-1');
  await registers(running.visitor(), corporation, entered);
  const { mailbox } = running;
  await activates(running.visitor(), mailbox.linkIn(await mailbox.mailTo(entered.email)));
  const billing = running.visitor();
  const told = await mailbox.mailTo('keiri@wakaba.example');
  await objects(billing, mailbox.linkIn(told), 'どなたか分かりません。');
  const { number } = await onlyCase(running, { corporation });
  await running.app.get(DeskDecisions).dismiss(number, BY_TAMURA);
  const administrator = { corporation, loginId: 'wakaba-sato', name: '佐藤 花子' };
  const sato = await running.people.administratorExists(administrator);
  const said = (await log(await signedIn(running, sato))).join('\n');
  expect(said).toContain('ご請求先：管理者の登録に異議を申し立てました');
  expect(said).toContain('担当窓口：管理者の登録を却下すると決定しました');
  expect(said).not.toContain('追加登録');
});

it('tells of words about a registration whatever its kind', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  const billing = running.visitor();
  await objects(billing, await objectionLink(running, left.sato), '退職者です。');
  billing.fills('担当窓口へのご説明', '続きです。');
  await billing.presses('担当窓口へ送る');
  const said = await saidIn(await signedIn(running, left.sato), { what: 'administrators' });
  expect(said.join('\n')).toContain('管理者の登録への異議について、担当窓口に説明しました');
});
