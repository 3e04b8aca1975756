import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { Operator } from '../../support/command.js';
import { onlyCase, NAKAI, TAMURA } from '../../support/desk-people.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import { leftBehind, takesOver } from '../../support/succession.js';

const DECIDED = '管理者の登録についての担当窓口などの判断がありました。';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterAll(() => running.stop());

it('tells an administrator who is no witness what the desk decided, by mail and on the TOP page', async () => {
  const left = await leftBehind(running);
  const given = { corporation: left.corporation, loginId: 'came-later', name: '田中 健' };
  await takesOver(running, left);
  const tanaka = await running.people.administratorExists(given);
  const person = running.visitor();
  await signsIn(person, tanaka);
  expect(person.page.text).not.toContain(DECIDED);
  const { number } = await onlyCase(running, left);
  const dismissed = await operator.types('enrollment', 'dismiss', number, ...TAMURA);
  expect(dismissed.exitCode).toBe(0);
  await operator.types('enrollment', 'dismiss', number, ...NAKAI);
  const mail = await running.mailbox.mailTo(tanaka.email, '担当窓口の判断');
  expect(mail.text).toContain('管理者の追加登録を取り消しました');
  await person.opens('/');
  expect(person.page.text).toContain(DECIDED);
});

it('says to a newcomer whom the desk replaced that the desk looks at it, not that somebody objected', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  const { number } = await onlyCase(running, left);
  const who = ['--name', '小川 恵', '--kana', 'おがわ めぐみ', '--email', 'ogawa-3@example.jp'];
  await operator.types('enrollment', 'give', number, ...who, ...TAMURA);
  await operator.types('enrollment', 'confirm', number, ...who.slice(-2), ...NAKAI);
  const suzuki = running.visitor();
  await signsIn(suzuki, left.suzuki);
  expect(suzuki.page.text).toContain('担当窓口がこの登録を確認しているため');
  expect(suzuki.page.text).not.toContain('異議');
});

it('shows a registration to the administrator whom the desk had frozen, and to the clerk who releases', async () => {
  const { corporation, sato } = await leftBehind(running);
  const clerk = await Clerk.sitsDown(running);
  const freeze = ['account', 'freeze', sato.loginId, '--leaves-no-administrator'];
  const frozen = await operator.types(
    ...freeze,
    '--operator',
    '中井',
    '--reason',
    '不審なログイン',
  );
  expect(frozen).toMatchObject({ exitCode: 0 });
  const den = applicant('den-meanwhile', { name: '伝 太郎' });
  const newcomer = running.visitor();
  await registers(newcomer, corporation, den);
  await activates(newcomer, running.mailbox.linkIn(await running.mailbox.mailTo(den.email)));
  const { number } = await onlyCase(running, { corporation });
  await clerk.finds(sato.loginId, sato.name);
  expect(clerk.page.text).toContain(`未決の事案 ${number} の当事者です。`);
  expect(clerk.sentence).toContain(`貴社の管理者の登録（${number}）が、まだ決まっていません。`);
  const release = [
    'account',
    'release',
    sato.loginId,
    '--operator',
    '中井',
    '--reason',
    '本人確認',
  ];
  expect(await operator.types(...release)).toMatchObject({ exitCode: 0 });
  const person = running.visitor();
  await signsIn(person, sato);
  expect(person.page.text).toContain('管理者の新規登録がありました。内容をご確認ください。');
  await person.opens('/admin-enrollment/cases');
  await person.follows('伝 太郎');
  await person.presses('異議を申し立てる');
  expect((await onlyCase(running, { corporation })).state).toBe('objected');
});
