import { WaitingMails } from '../../src/mail/waiting-mails.js';
import { startApp, type RunningApp } from '../support/app.js';
import { applicant, registers } from '../support/registration.js';
import { until } from '../support/until.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

interface Delivery {
  id: string;
  state: string;
  attempts: number;
}

async function deliveryTo(email: string): Promise<Delivery> {
  const text = 'select id, state, attempts from mail_deliveries where recipient = $1';
  return (await running.pool.query<Delivery>(text, [email])).rows[0]!;
}

it('a mail that one process is handing over is tried by nobody else, and counts as one try', async () => {
  const { mailbox, people, app } = running;
  const waiting = app.get(WaitingMails);
  const given = { corporateNumber: '8001', name: '株式会社さくら' };
  const sato = applicant('sato.inhand');
  mailbox.behaves(451);
  await registers(running.visitor(), await people.corporationExists(given), sato);
  await mailbox.everythingIsSent();
  expect(await deliveryTo(sato.email)).toMatchObject({ state: 'deferred', attempts: 1 });

  mailbox.behaves('silent');
  expect(await waiting.retryNow()).toBe(1);
  await until(async () => (await deliveryTo(sato.email)).attempts !== 1);
  const underWay = await deliveryTo(sato.email);
  expect(await waiting.retryNow()).toBe(0);
  expect(await waiting.take(underWay.id)).toBeUndefined();
  expect(await deliveryTo(sato.email)).toEqual(underWay);

  mailbox.behaves('works');
  await mailbox.goesDown();
  await mailbox.comesBack();
  await mailbox.mailTo(sato.email);
  await mailbox.nothingFor(sato.email);
});
