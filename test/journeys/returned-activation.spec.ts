import { startApp, type RunningApp } from '../support/app.js';
import { activates, applicant, registers, signsIn } from '../support/registration.js';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** Somebody whose registration is unfinished, because the mail came back, signs in. */
async function applies(email: string, answer: string) {
  companies += 1;
  const corporation = await running.people.corporationExists({
    corporateNumber: `88${companies}`,
    name: 'みどり商事株式会社',
  });
  const entered = applicant(`ono-${companies}`, { email });
  running.mailbox.refuses(email, 550, answer);
  await registers(running.visitor(), corporation, entered);
  await running.mailbox.nothingFor(email);
  const person = running.visitor();
  await signsIn(person, entered);
  expect(person.page.h1).toBe('登録がまだ完了していません');
  return { person, entered, corporation };
}

it.each<[string, string, string]>([
  ['ueda@docomo.ne.jp', '5.1.1 User unknown', '携帯電話会社が受け取りませんでした。'],
  ['ueda@full.example', '5.2.2 Mailbox full', 'メールボックスがいっぱいです。'],
  ['ueda@dead.example', '5.1.1 User unknown', '宛先が見つかりませんでした。'],
])('%s is told that the mail came back (%s), and what to do', async (email, answer, told) => {
  const { person } = await applies(email, answer);
  const { text } = person.page;
  expect(text).toContain(`${email.replace('ueda', 'u…')} へお送りした登録のご案内のメールは、届き`);
  expect(text).toContain(told);
  expect(text).not.toContain('メールが見当たらない場合は');
});

it('a wrong address leads to a new application, which is finished', async () => {
  const { person, entered, corporation } = await applies('ono@wrong.example', '5.1.1 unknown');
  await person.follows('お申し込みをやり直す');
  expect(person.page.path).toBe('/initiate');
  const again = { ...entered, email: 'ono@right.example', loginId: 'ono-again' };
  await registers(running.visitor(), corporation, again);
  const newcomer = running.visitor();
  await activates(newcomer, running.mailbox.linkIn(await running.mailbox.mailTo(again.email)));
  await signsIn(newcomer, again);
  expect(newcomer.page.h1).toBe('TOPページ');
});

it('a mail that went again, and did not come back, is looked for as before', async () => {
  const { person, entered } = await applies('kojima@full.example', '5.2.2 Mailbox full');
  running.mailbox.accepts(entered.email);
  await running.clock.advance('10 minutes');
  await person.presses('メールを再送する');
  const mail = await running.mailbox.mailTo(entered.email);
  await running.mailbox.everythingIsSent();
  await person.opens('/activation');
  expect(person.page.text).toContain('メールが見当たらない場合は');
  await activates(running.visitor(), running.mailbox.linkIn(mail));
});
