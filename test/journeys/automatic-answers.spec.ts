import { BouncePort } from '../../src/mail/bounces/bounce-port.js';
import { startApp, type RunningApp } from '../support/app.js';
import { automaticAnswers } from '../support/automatic-answers.js';
import { docomo } from '../support/bounces.js';
import { freePort } from '../support/free-port.js';
import { LmtpClient } from '../support/lmtp.js';
import { deliveryStateOf, isNoticed } from '../support/noticed.js';

let running: RunningApp;
let relay: LmtpClient;
beforeAll(async () => {
  const bounceLmtpPort = await freePort();
  running = await startApp({ bounceDomain: 'bounce.front.example', bounceLmtpPort });
  await running.app.get(BouncePort).open();
  relay = await LmtpClient.open(bounceLmtpPort);
});
afterAll(async () => {
  relay.closes();
  await running.stop();
});

it('leave a mail where it was, as does what somebody sends from a mailbox', async () => {
  const { mail, tanaka } = await isNoticed(running);
  for (const [, answer] of automaticAnswers)
    expect(await relay.delivers(answer(tanaka.email), mail.returnPath)).toEqual([
      expect.stringMatching(/^250 /),
    ]);
  const bounce = docomo(tanaka.email);
  await relay.deliversFrom('postmaster@docomo.ne.jp', bounce, mail.returnPath);
  expect(await deliveryStateOf(running, mail)).toMatchObject({ state: 'handed-over', why: null });

  await relay.delivers(bounce, mail.returnPath);
  const unknown = { state: 'bounced', why: 'unknown-address' };
  expect(await deliveryStateOf(running, mail)).toMatchObject(unknown);
});
