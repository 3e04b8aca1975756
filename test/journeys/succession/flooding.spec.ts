import { HourlyCounts } from '../../../src/audit/hourly-counts.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { holdsUp } from '../../support/held-company.js';
import { outcomesOf } from '../../support/own-account.js';
import {
  activates,
  applicant,
  entersDetails,
  signsIn,
  type Applicant,
} from '../../support/registration.js';
import {
  applies,
  entersNumbers,
  isReviewed,
  leftBehind,
  objects,
  provesForReview,
  type LeftBehind,
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
  it('write to the administrators ten times a day at most, and hold nothing', async () => {
    const left = await leftBehind(running);
    const person = running.visitor();
    for (let round = 1; round <= 7; round += 1) {
      await applies(person, left.corporation, mallory(round));
      expect(person.page.h1).toBe('管理者追加登録完了');
      await person.presses('取り消して内容を直す');
      expect(person.page.notice).toContain('登録をいったん取り消しました');
    }
    await running.mailbox.everythingIsSent();
    expect(running.mailbox.unread(left.sato.email)).toHaveLength(10);

    const suzuki = running.visitor();
    await applies(suzuki, left.corporation, left.suzuki);
    await running.mailbox.everythingIsSent();
    expect(running.mailbox.unread(left.sato.email)).toHaveLength(10);
    await suzuki.opens(running.mailbox.linkIn(await running.mailbox.mailTo(left.suzuki.email)));
    await suzuki.presses('登録を完了する');
    expect(suzuki.page.path).toBe('/login?next=%2Faccounts');
    await running.mailbox.everythingIsSent();
    const told = running.mailbox.unread(left.sato.email);
    expect(told).toHaveLength(11);
    expect(told.at(-1)!.text).toContain('鈴木 一郎 様');
  });
});

describe('applications whose mailbox is proved', () => {
  it('are with the desk beside the one that runs, however many days it takes to decide', async () => {
    const left = await leftBehind(running);
    const company = left.corporation;
    const links: string[] = [];
    for (let number = 30; number < 35; number += 1) {
      await applies(running.visitor(), company, mallory(number));
      links.push(running.mailbox.linkIn(await running.mailbox.mailTo(mallory(number).email)));
    }
    const first = running.visitor();
    await activates(first, links[0]!);
    expect(first.page.path).toBe('/login?next=%2Faccounts');
    for (const [index, link] of links.slice(1).entries()) {
      const person = running.visitor();
      await provesForReview(running, person, mallory(31 + index), link);
      await signsIn(person, mallory(31 + index));
      expect(person.page.status).toBe(422);
    }
    await objects(running.visitor(), await objectionOf(left, 'が追加登録されました'));
    for (let day = 1; day <= 2; day += 1) {
      await running.clock.advance('1 day');
      await isReviewed(running, running.visitor(), company, mallory(40 + day));
    }
  });
});

async function objectionOf({ sato }: LeftBehind, subject: string): Promise<string> {
  return running.mailbox.linkIn(await running.mailbox.mailTo(sato.email, subject));
}

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
    expect(person.page.status).toBe(429);
    expect(person.posted!.headers['retry-after']).toMatch(/^3[56]\d\d$/);
    expect(person.page.errorsAt('ログインID')[0]).toContain('ログインIDの入力が続いたため');
    expect(await outcomesOf(running, 'activation')).not.toContain('login-id-exhausted');
    await running.app.get(HourlyCounts).write();
    await running.clock.advance('1 hour');
    await running.app.get(HourlyCounts).log();
    expect(await outcomesOf(running, 'activation')).toContain('login-id-exhausted');
    person.fills('ログインID', left.suzuki.loginId);
    await person.presses('登録を完了する');
    expect(person.page.path).toBe('/login?next=%2Faccounts');
  });

  it('is compared with the password before the company is held, and again counts for that one', async () => {
    const left = await leftBehind(running);
    const { loginId, password, email } = left.suzuki;
    const person = running.visitor();
    await applies(person, left.corporation, { ...left.suzuki, loginId: left.sato.loginId });
    await person.opens(running.mailbox.linkIn(await running.mailbox.mailTo(email)));
    person.fills('ログインID', password.toUpperCase());
    await person.presses('登録を完了する');
    person.fills('ログインID', password);
    await person.presses('登録を完了する');
    expect(person.page.errorsAt('ログインID')).toEqual([
      'パスワードと同じ文字列は、ログインIDに使えません。',
    ]);
    const held = await holdsUp(running, left.corporation);
    person.fills('ログインID', loginId);
    const pressed = person.presses('登録を完了する');
    await held.isWaitedFor(1);
    const other = `update accounts set password_hash = (select password_hash from accounts where id = $1)
                   where email = $2`;
    await held.holder.query(other, [left.sato.id, email]);
    await held.letsGo();
    await pressed;
    expect(person.page.errorsAt('ログインID')[0]).toContain('ページを開いたあとに変わっています。');
    person.fills('ログインID', loginId);
    await person.presses('登録を完了する');
    expect(person.page.path).toBe('/login?next=%2Faccounts');
  });
});
