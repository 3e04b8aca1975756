import { Reviews } from '../../../src/admin-enrollment/applications/reviews.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { BY_TAMURA } from '../../support/desk-people.js';
import { reviewedBeside, WORDS } from '../../support/reviewed-beside.js';
import { objects } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const NOBODY_YET = 'まだどなたもログインできません。';
const THEN = '順番が来て、ご本人がメールアドレスを確認しても、ご利用は停止したままになります。';
const OF_OTHERS = /登録された方|自動では停止/;

it('an objection to an application that waits for its turn says what it does, everywhere', async () => {
  const { left, number, link } = await reviewedBeside(running);
  const granted = await running.app.get(Reviews).grant(number, BY_TAMURA);
  expect(granted).toMatchObject({ ok: true });
  await running.mailbox.everythingIsSent();
  running.mailbox.unread(left.sato.email);
  const sato = running.visitor();
  await sato.opens(link);
  expect(sato.page.text).toContain(NOBODY_YET);
  expect(sato.page.text).toContain(`異議を申し立てると、${THEN}`);
  expect(sato.page.text).not.toMatch(OF_OTHERS);
  await objects(sato, link, WORDS);
  const received = await running.mailbox.mailTo(left.sato.email, '異議申し立てを受け付けました');
  const noticed = await running.mailbox.mailTo(running.config.deskMail, '異議申し立て');
  expect(sato.page.text).toContain(NOBODY_YET + THEN);
  expect(received.text).toContain(NOBODY_YET);
  expect(received.text).toContain('順番が来て');
  expect(noticed.text).toContain(NOBODY_YET);
  for (const text of [sato.page.text, received.text, noticed.text])
    expect(text).not.toMatch(OF_OTHERS);
});
