import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { WHY } from '../../support/desk-clerk.js';
import { atDesk, decides } from '../../support/desk-case.js';
import { onlyCase } from '../../support/desk-people.js';
import { leftBehind, takesOver } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('leads from the number of a running registration to its decisions, as the commands do', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  const { number } = await onlyCase(running, left);
  const kimura = await atDesk(running, 'kimura', '木村');
  for (const path of [
    `/desk/cases/${number.toLowerCase()}`,
    `/desk/cases/${number}/decisions/dismiss`,
  ]) {
    await kimura.opens(path);
    expect([path, kimura.page.h1]).toEqual([path, '事案を作る']);
  }
  kimura.fills('理由', WHY);
  await kimura.presses('事案を作る');
  await decides(kimura, number, '登録を取り消す');
  expect(kimura.page.notice).toContain('1人目の判断を記録しました。');
  await atDesk(running, 'onoda', '小野');
  const by = ['--operator', '小野', '--reason', WHY];
  const second = await new Operator(running).types('enrollment', 'dismiss', number, ...by);
  expect(second).toMatchObject({ exitCode: 0, err: '' });
  await kimura.opens('/desk/cases/QQQQ-2222');
  expect(kimura.page.status).toBe(404);
});
