import { startApp, type RunningApp } from '../../support/app.js';
import { applicant, entersDetails, signsIn, type Applicant } from '../../support/registration.js';
import {
  applies,
  entersNumbers,
  leftBehind,
  objectionLink,
  objects,
} from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

const mallory = (number: number): Applicant =>
  applicant(`mallory-${number}`, { name: '山田 悪子' });

describe('applications that are taken back and made again', () => {
  it('write to the administrators ten times a day at most', async () => {
    const left = await leftBehind(running);
    const person = running.visitor();
    for (let round = 1; round <= 5; round += 1) {
      await applies(person, left.corporation, mallory(round));
      expect(person.page.h1).toBe('管理者追加登録完了');
      await person.presses('取り消して内容を直す');
      expect(person.page.notice).toContain('登録をいったん取り消しました');
    }
    await entersDetails(person, mallory(6));
    await person.presses('登録');
    expect([person.page.status, person.page.h1]).toEqual([
      409,
      'お申し込みが続いているため、受け付けできません',
    ]);
    await running.mailbox.everythingIsSent();
    expect(running.mailbox.unread(left.sato.email)).toHaveLength(10);
    await running.mailbox.nothingFor(mallory(6).email);

    await running.clock.advance('1 day');
    await entersNumbers(person, left.corporation);
    expect(person.page.path).toContain('/admin-enrollment/details');
  });

  it('wait in a queue of five at most, however many days it takes to decide', async () => {
    const left = await leftBehind(running);
    const company = left.corporation;
    await applies(running.visitor(), company, left.suzuki);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    for (let number = 10; number < 15; number += 1) {
      if (number === 14) await running.clock.advance('1 day');
      const person = running.visitor();
      await applies(person, company, mallory(number));
      expect(person.page.h1).toBe('登録のお申し込みを受け付けました');
    }
    const late = running.visitor();
    await entersNumbers(late, company);
    expect(late.page.status).toBe(409);
    await running.clock.advance('1 day');
    await entersNumbers(late, company);
    expect(late.page.status).toBe(409);
  });
});

it('an application goes behind those that waited, also when the first just ran out', async () => {
  const left = await leftBehind(running);
  await running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00'));
  for (const number of [20, 21])
    await applies(running.visitor(), left.corporation, mallory(number));
  await running.clock.advance('24 hours');
  const late = running.visitor();
  await applies(late, left.corporation, mallory(22));
  expect(late.page.h1).toBe('登録のお申し込みを受け付けました');
  const subjects = [];
  for (let mail = 0; mail < 2; mail += 1)
    subjects.push((await running.mailbox.mailTo(mallory(21).email)).subject);
  expect(subjects.join()).toMatch(/受け付けました.*完了のご案内/);
});

describe('a login ID', () => {
  it('has the same pages, whether somebody has it or not', async () => {
    await running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00'));
    const seen: string[][] = [];
    const { sato } = await leftBehind(running);
    for (const loginId of [sato.loginId, 'x'.repeat(sato.loginId.length)]) {
      const left = await leftBehind(running);
      const person = running.visitor();
      const pages: string[] = [];
      await entersNumbers(person, left.corporation);
      await entersDetails(person, { ...left.suzuki, loginId });
      pages.push(person.page.html);
      await person.presses('登録');
      expect(person.posted!.status).toBe(303);
      pages.push(person.page.html);
      const { name } = left.corporation;
      const typed = [name, loginId, left.suzuki.email];
      seen.push(
        pages.map((html) => typed.reduce((text, word) => text.replaceAll(word, '…'), html)),
      );
    }
    const ids = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
    const [taken, free] = seen.map((pages) =>
      pages.map((html) => html.replace(ids, 'id').replace(/\w{4}-\w{4}(?=<\/dd>)/, 'case')),
    );
    expect(taken).toEqual(free);
  });

  it('can be asked for ten times an hour behind a proved mailbox, no more', async () => {
    const left = await leftBehind(running);
    const person = running.visitor();
    await applies(person, left.corporation, { ...left.suzuki, loginId: left.sato.loginId });
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.opens('/accounts');
    expect(sato.page.text).toMatch(/鈴木 一郎[^]*登録未完了/);
    expect(sato.page.text).not.toContain('?');
    await person.opens(running.mailbox.linkIn(await running.mailbox.mailTo(left.suzuki.email)));
    for (let guess = 1; guess <= 10; guess += 1) {
      person.fills('ログインID', left.sato.loginId);
      await person.presses('登録を完了する');
      expect(person.page.errorsAt('ログインID')).toEqual([
        'このログインIDは使えません。別のログインIDを入力してください。',
      ]);
    }
    person.fills('ログインID', left.suzuki.loginId);
    await person.presses('登録を完了する');
    expect(person.page.status).toBe(422);
    await running.clock.advance('1 hour');
    person.fills('ログインID', left.suzuki.loginId);
    await person.presses('登録を完了する');
    expect(person.page.path).toBe('/login?next=%2Faccounts');
  });
});
