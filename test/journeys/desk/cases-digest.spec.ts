import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { CaseDigests } from '../../../src/desk/cases/digest/case-digests.js';
import { startApp, type RunningApp } from '../../support/app.js';

const DIGEST = '担当窓口の事案';
/** A Friday and the Monday after it, which is a holiday; then a Tuesday. */
const FRIDAY = '2026-11-27';
const MONDAY = '2026-11-30';
const TUESDAY = '2026-12-01';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp({ deskHolidays: new Set([MONDAY]) });
});
afterAll(() => running.stop());

const at = (day: string, time: string) =>
  running.clock.stopsAt(new Date(`${day}T${time}:00+09:00`));
const run = () => inUnitOfWork(() => running.app.get(CaseDigests).run());

async function digests(): Promise<string[]> {
  await running.mailbox.everythingIsSent();
  const mails = running.mailbox.unread(running.config.deskMail);
  return mails.filter(({ subject }) => subject.includes(DIGEST)).map(({ text }) => text);
}

async function asks(): Promise<string> {
  const person = running.visitor();
  await person.opens('/contact');
  const question = {
    name: '山本 花',
    email: 'y@else.example',
    message: '請求書はいつ届きますか。',
  };
  await person.submits(question);
  return person.page.facts.受付番号!;
}

it('says nothing while nothing is open', async () => {
  await at(FRIDAY, '09:00');
  await run();
  expect(await digests()).toEqual([]);
});

it('is sent once, on the first working morning, by whichever process is first', async () => {
  await at(FRIDAY, '16:00');
  const number = await asks();
  for (const [day, time] of [
    [FRIDAY, '17:00'],
    ['2026-11-28', '10:00'],
    [MONDAY, '10:00'],
    [TUESDAY, '08:59'],
  ] as const) {
    await at(day, time);
    await run();
  }
  expect(await digests()).toEqual([]);
  await at(TUESDAY, '09:00');
  await Promise.all([run(), run(), run()]);
  const [text, ...others] = await digests();
  expect(others).toEqual([]);
  expect(text).toContain('完了していない事案が1件あります。');
  expect(text).toContain(number);
  expect(text).toMatch(/お問い合わせ：山本 花 様（未確認）、.*まで/);
  expect(text).toContain(`${running.config.publicUrl}/desk/cases`);
  await at(TUESDAY, '15:00');
  await run();
  expect(await digests()).toHaveLength(1);
});
