import { startApp, type RunningApp } from '../../support/app.js';
import { signsIn } from '../../support/registration.js';
import { covetedCompany, thiefSignsIn } from '../../support/thief.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('a newcomer who takes the name of an administrator is told as a newcomer all the same', async () => {
  const coveted = await covetedCompany(running);
  const thief = await thiefSignsIn(running, coveted);
  await thief.opens('/me/profile');
  thief.fills('氏名', coveted.sato.name);
  thief.fills('部署', '総務部');
  await thief.presses('変更する');
  await thief.sends('POST', '/accounts/deletion', { fields: { accountId: coveted.hayashi.id } });
  await thief.sends('POST', `/accounts/${coveted.yamada.id}/suspension`, {
    fields: { act: 'suspend' },
  });
  for (const [{ email }, subject] of [
    [coveted.hayashi, 'アカウント削除のお知らせ'],
    [coveted.yamada, 'アカウント利用停止のお知らせ'],
  ] as const) {
    const { text } = await running.mailbox.mailTo(email, subject);
    expect(text).toContain(`操作した方：${coveted.sato.name} 様（確認期間中の新しい管理者）`);
    expect(text).toContain(`操作した方のログインID：${coveted.suzuki.loginId}`);
  }
  const sato = running.visitor();
  await signsIn(sato, coveted.sato);
  await sato.opens('/accounts');
  const [row, ...others] = sato.page.text.split('\n').filter((line) => line.includes('確認期間中'));
  expect(row).toContain('確認期間中');
  expect(others).toEqual([]);

  await sato.sends('POST', '/accounts/deletion', {
    fields: { accountId: coveted.others[0]?.id ?? coveted.yamada.id },
  });
  const own = await running.mailbox.mailTo(coveted.yamada.email, 'アカウント削除のお知らせ');
  expect(own.text).toContain('操作した方：佐藤 花子 様（管理者）');
});
