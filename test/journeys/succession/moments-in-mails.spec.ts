import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { BY_TAMURA, onlyCase, upholdBy } from '../../support/desk-people.js';
import { formsOf } from '../../support/mail-forms.js';
import { activates } from '../../support/registration.js';
import { applies, leftBehind, objectionLink, objects } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00')));

const RECEIVED = '受付の日時：2026年12月1日(火) 9時00分（日本時間）';
const LATER = '2026年12月1日(火) 9時20分（日本時間）';
const DECISION = '管理者の追加登録についての担当窓口の判断';

/** The mail names both moments, in plain text and in HTML. */
async function expectMoments(email: string, subject: string, label: string): Promise<void> {
  for (const part of formsOf(await running.mailbox.mailTo(email, subject))) {
    expect(part).toContain(RECEIVED);
    expect(part).toContain(`${label}：${LATER}`);
  }
}

it('a mail about an addition says when the application came, and when it was completed', async () => {
  const left = await leftBehind(running);
  const suzuki = running.visitor();
  await applies(suzuki, left.corporation, left.suzuki);
  const applied = await running.mailbox.mailTo(left.sato.email);
  expect(applied.text).not.toContain('登録の日時');
  await running.clock.advance('20 minutes');
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(left.suzuki.email));
  await activates(suzuki, link);
  await expectMoments(left.sato.email, '管理者が追加登録されました', '登録の日時');
});

it('a mail about a withdrawal says when it was', async () => {
  const left = await leftBehind(running);
  const suzuki = running.visitor();
  await applies(suzuki, left.corporation, left.suzuki);
  await running.clock.advance('20 minutes');
  await suzuki.presses('取り消して内容を直す');
  await expectMoments(left.sato.email, '登録が取り消されました', '取り消しの日時');
});

it.each([true, false])('a mail about a decision says when it was: upheld %p', async (upheld) => {
  const left = await leftBehind(running);
  await applies(running.visitor(), left.corporation, left.suzuki);
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(left.suzuki.email));
  await activates(running.visitor(), link);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const { number } = await onlyCase(running, left);
  await running.clock.advance('20 minutes');
  const desk = running.app.get(DeskDecisions);
  await (upheld ? upholdBy(desk, number) : desk.dismiss(number, BY_TAMURA));
  for (const { email } of [left.sato, left.suzuki])
    await expectMoments(email, DECISION, '判断の日時');
});
