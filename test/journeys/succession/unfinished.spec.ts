import { startApp, type RunningApp } from '../../support/app.js';
import { activates, signsIn } from '../../support/registration.js';
import { applies, leftBehind, objectionLink } from '../../support/succession.js';

const START = Date.parse('2026-11-22T18:30:00+09:00');
const HOUR = 60 * 60 * 1000;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => later(0));

const later = (milliseconds: number) => running.clock.stopsAt(new Date(START + milliseconds));

/** 鈴木 applied a day ago and did not open the mail. */
async function forgotten() {
  const left = await leftBehind(running);
  await applies(running.visitor(), left.corporation, left.suzuki);
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(left.suzuki.email));
  await later(24 * HOUR);
  return { ...left, link };
}

describe('a succession that nobody finished in a day', () => {
  it('says so after the right password, and leads to the beginning', async () => {
    const { suzuki, corporation } = await forgotten();
    const person = running.visitor();
    await signsIn(person, suzuki);
    expect([person.page.status, person.page.h1]).toEqual([410, 'お申し込みは終わっています']);
    expect(person.page.text).not.toContain('URL');
    await person.follows('管理者の追加登録へ進む');
    expect(person.page.path).toBe('/admin-enrollment');

    await applies(person, corporation, suzuki);
    await activates(person, running.mailbox.linkIn(await running.mailbox.mailTo(suzuki.email)));
    await signsIn(person, suzuki);
    expect(person.page.status).toBe(200);
  });

  it('says behind its link that the time is over', async () => {
    const { link } = await forgotten();
    const { status, h1, text } = await running.visitor().opens(link);
    expect([status, h1]).toEqual([410, 'このURLは期限が切れています']);
    expect(text).toContain('はじめからやり直してください');
    expect(text).not.toContain('途中で切れて');
    expect(text).not.toContain('新しいURLを送る');
  });

  it('tells the readers of older mails what became of their links', async () => {
    const left = await leftBehind(running);
    const person = running.visitor();
    await applies(person, left.corporation, left.suzuki);
    const next = async () =>
      running.mailbox.linkIn(await running.mailbox.mailTo(left.suzuki.email));
    const first = await next();
    await later(4 * 60_000);
    await person.presses('メールを再送する');
    const second = await next();
    expect((await running.visitor().opens(first)).text).toContain('新しいURLを送る');
    await activates(person, second);
    expect((await running.visitor().opens(first)).h1).toBe('このURLはすでに使われています');
  });

  it('that was taken back has a link that says so', async () => {
    const left = await leftBehind(running);
    const person = running.visitor();
    await applies(person, left.corporation, left.suzuki);
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(left.suzuki.email));
    await person.presses('取り消して内容を直す');
    const { status, h1, text } = await running.visitor().opens(link);
    expect([status, h1]).toEqual([410, 'お申し込みは終わっています']);
    expect(text).toContain('取り消されたか');
  });
});

it('the link about an application that was taken back points to the newest mail', async () => {
  const left = await leftBehind(running);
  const person = running.visitor();
  await applies(person, left.corporation, left.suzuki);
  const older = await objectionLink(running, left.sato);
  await person.presses('取り消して内容を直す');
  const withdrawn = await running.mailbox.mailTo(left.sato.email);
  expect(withdrawn.text).toContain('別のお申し込みがあったときは、改めてメールでお知らせします。');
  await applies(person, left.corporation, left.suzuki);
  const newer = await objectionLink(running, left.sato);
  const sato = running.visitor();
  expect((await sato.opens(older)).text).toContain('いちばん新しいメールのURLを開いてください');
  expect((await sato.opens(newer)).status).toBe(200);
});
