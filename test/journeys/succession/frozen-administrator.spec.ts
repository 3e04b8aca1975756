import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { applicant } from '../../support/registration.js';
import { applies, leftBehind, objectionLink, objects } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('an administrator whom the desk suspended hears of an application, and may object', async () => {
  const { corporation } = await leftBehind(running);
  const given = { corporation, loginId: 'tanaka-frozen', name: '田中 健' };
  const tanaka = await running.people.administratorExists(given);
  const by = ['--operator', '中井', '--reason', '不審なログインのため'];
  const frozen = await new Operator(running).types('account', 'freeze', tanaka.loginId, ...by);
  expect(frozen).toMatchObject({ exitCode: 0 });
  await running.mailbox.isReadBy(tanaka.email);
  await applies(running.visitor(), corporation, applicant('leaver'));
  const reader = running.visitor();
  await objects(reader, await objectionLink(running, tanaka));
  expect(reader.page.h1).toBe('異議申し立てを受け付けました');
});
