import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { isInvited, setUpLink } from '../../support/desk.js';
import { AuthenticatorApp } from '../../support/second-factor.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const lastRow = async (act: string) => {
  const { rows } = await running.pool.query<{ reason: string; operator: string; why: string }>(
    `select reason, facts ->> 'operator' as operator, facts ->> 'why' as why
     from audit_entries where act = $1 order by id desc limit 1`,
    [act],
  );
  return rows[0];
};

const BY = ['--operator', '田村', '--reason', 'お電話'];

it.each([
  ['account-suspension', 'account-unknown', ['account', 'freeze', 'nobody', ...BY]],
  ['waits-end', 'account-unknown', ['account', 'end-waits', 'nobody', ...BY]],
  ['lost-factor', 'account-unknown', ['account', 'remove-factor', 'nobody', ...BY]],
  ['operator-reset', 'account-unknown', ['operator', 'reset', 'nobody', ...BY]],
  ['corporation-closing', 'corporation-unknown', ['corporation', 'close', '9999999', ...BY]],
  [
    'ip-suspension',
    'corporation-unknown',
    ['suspend-ip-restriction', '9999999', '--hours', '1', ...BY],
  ],
])('%s of nobody leaves a row', async (act, reason, words) => {
  expect((await new Operator(running).types(...words)).exitCode).toBe(1);
  expect(await lastRow(act)).toEqual({ reason, operator: '田村', why: 'お電話' });
});

it('the suspension of a restriction that is none leaves a row', async () => {
  await running.people.corporationExists({ corporateNumber: '1234567', name: '株式会社さくら' });
  await new Operator(running).types('suspend-ip-restriction', '1234567', '--hours', '1', ...BY);
  expect(await lastRow('ip-suspension')).toMatchObject({ reason: 'not-restricted' });
});

it('a wrong code of a set-up leaves a row', async () => {
  const nakai = await isInvited(running, { loginId: 'nakai', name: '中井' });
  const person = running.visitor();
  await person.opens(await setUpLink(running, nakai.email));
  person.fills('パスワード', 'momiji-7342-kawa');
  person.fills('パスワード確認', 'momiji-7342-kawa');
  await person.presses('次へ進む');
  const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
  person.fills('確認コード', await app.wrongCode());
  await person.presses('確認して設定する');
  const wrong = { reason: 'second-factor-wrong', operator: '中井', why: null };
  expect(await lastRow('desk-set-up')).toEqual(wrong);
});
