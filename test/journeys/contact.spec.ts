import { KeptQuestions } from '../../src/help/kept-questions.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';

const DESK = 'desk@genkan.example';

let running: RunningApp;
let sato: Member;
beforeAll(async () => {
  running = await startApp();
  const corporation = await running.people.corporationExists({
    corporateNumber: '1000001',
    name: '青葉商事株式会社',
  });
  const given = { corporation, loginId: 'sato-1', name: '佐藤 花子', email: 'sato@aoba.example' };
  sato = await running.people.administratorExists(given);
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));
afterEach(() => running.clock.advance('2 hours'));

async function mailsAtDesk() {
  await running.mailbox.everythingIsSent();
  return running.mailbox.unread(DESK);
}

async function asks(person: Visitor, message: string): Promise<void> {
  await person.opens('/contact');
  person.fills('氏名', '鈴木 一郎');
  person.fills('メールアドレス', 'suzuki@else.example');
  person.fills('お問い合わせの内容', message);
  await person.presses('送信');
}

it('a stranger`s question reaches the desk as one, and gets a number', async () => {
  const person = running.visitor();
  await asks(person, '請求書をなくしました。\n<b>至急</b>です。');
  expect(person.page.h1).toBe('お問い合わせを受け付けました');
  const [number = ''] = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(person.page.text) ?? [];
  const mail = await running.mailbox.mailTo(DESK);
  expect(mail.subject).toContain(`お問い合わせ（${number}）`);
  expect(mail.text).toContain('お名前と法人名は確認されていません。');
  expect(mail.text).toContain('suzuki@else.example');
  expect(mail.text).toContain('<b>至急</b>です。');
  expect(mail.html).not.toContain('<b>至急');
});

it('the end shows where the answer goes and what was sent, in that browser alone, and mails nobody', async () => {
  const person = running.visitor();
  await asks(person, '請求書をなくしました。\n<b>至急</b>です。');
  expect(person.page.facts).toMatchObject({ お返事の宛先: 'suzuki@else.example' });
  expect(person.page.text).toContain('<b>至急</b>です。');
  expect(person.page.text).toContain(running.config.deskHours);
  expect(person.page.link('トップページへ').getAttribute('href')).toBe('/');
  const elsewhere = running.visitor();
  await elsewhere.opens(person.page.path);
  expect(elsewhere.page.h1).toBe('お問い合わせを受け付けました');
  expect(elsewhere.page.html).not.toMatch(/suzuki|至急/);
  await running.mailbox.nothingFor('suzuki@else.example');
  const { rows } = await running.pool.query('select entries from flows');
  expect(JSON.stringify(rows)).not.toMatch(/suzuki|至急/);
  await mailsAtDesk();
  await running.mailbox.isReadBy(DESK);
});

it('nothing is claimed to be sent to somebody who opens the page of it', async () => {
  const person = running.visitor();
  for (const query of [
    '',
    '?number=3f2a91c4-7b0e',
    '?number=3f2a91c4-7b0e&proof=AAAA',
    '?proof=',
  ]) {
    await person.opens(`/contact/sent${query}`);
    expect([query, person.page.path, person.page.h1]).toEqual([query, '/contact', 'お問い合わせ']);
  }
  await asks(person, '請求書はいつ届きますか。');
  await person.reloads();
  expect(person.page.h1).toBe('お問い合わせを受け付けました');
  await mailsAtDesk();
  await running.mailbox.isReadBy(DESK);
});

it('somebody who is signed in only writes the question', async () => {
  const person = running.visitor();
  await signsIn(person, sato);
  await person.opens('/contact');
  expect(person.page.text).toContain('青葉商事株式会社');
  person.fills('お問い合わせの内容', 'メールが届きません。');
  await person.presses('送信');
  const mail = await running.mailbox.mailTo(DESK);
  expect(mail.text).toContain('ログインしている方から');
  expect(mail.text).toContain('sato@aoba.example');
  expect(mail.text).toContain('sato-1');
});

it('an error page leads to it with its number and path', async () => {
  const person = running.visitor();
  await person.opens('/nowhere?x=1');
  const [number = ''] = /[\da-f]{8}-[\da-f]{4}/.exec(person.page.text) ?? [];
  await person.follows('お問い合わせ');
  person.fills('氏名', '鈴木 一郎');
  person.fills('メールアドレス', 'suzuki@else.example');
  person.fills('お問い合わせの内容', 'ページがありません。');
  await person.presses('送信');
  const mail = await running.mailbox.mailTo(DESK);
  expect(mail.text).toContain(number);
  expect(mail.text).toContain('/nowhere?x=1');
});

it('says what is missing, and loses nothing', async () => {
  const person = running.visitor();
  await person.opens('/contact');
  person.fills('お問い合わせの内容', 'こんにちは。');
  await person.presses('送信');
  expect(person.page.status).toBe(422);
  expect(person.page.errors).toEqual([
    '氏名を入力してください。',
    'メールアドレスを入力してください。',
  ]);
  expect(person.page.html).toContain('こんにちは。</textarea>');
});

it('the name of a company, which the mails of the desk say, carries no link', async () => {
  const person = running.visitor();
  await person.opens('/contact');
  person.fills('法人名', '至急 https://evil.example/login をご確認ください');
  person.fills('お問い合わせの内容', 'こんにちは。');
  await person.presses('送信');
  expect(person.page.errors).toContainEqual(expect.stringContaining('法人名にURL'));
});

it('one network writes five times an hour, and keeps nobody else out', async () => {
  const flood = running.visitor();
  for (let time = 0; time < 5; time += 1) await asks(flood, `質問${time}`);
  await asks(flood, 'もう1つ');
  expect(flood.page.status).toBe(429);
  expect(flood.page.errors[0]).toContain('まだ送信していません。およそ60分後');
  expect(Number(flood.posted!.headers['retry-after'])).toBeGreaterThan(3500);
  expect(flood.page.root.querySelector('.gk-desk [href^="tel:"]')).not.toBeNull();
  expect(flood.page.html).toContain('もう1つ</textarea>');
  const other = running.visitor();
  await asks(other, '別の質問');
  expect(other.page.h1).toBe('お問い合わせを受け付けました');
});

describe('a flood from five networks', () => {
  beforeEach(() => running.pool.query('truncate limit_counters'));

  it('shuts nobody out, makes few mails, and loses no question', async () => {
    const before = (await mailsAtDesk()).length;
    for (let post = 0; post < 100; post += 1) {
      const client = Math.floor(post / 25) + 1;
      const flood = running.visitor({ address: `203.0.${post % 5}.${client}` });
      const fields = { name: '山田 悪子', email: 'evil@flood.example', message: `質問${post}。` };
      const { status } = await flood.sends('POST', '/contact', { fields });
      expect([post, status]).toEqual([post, 303]);
    }
    const person = running.visitor();
    await asks(person, '請求書をなくしました。');
    expect(person.page.h1).toBe('お問い合わせを受け付けました');
    const [number = ''] = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(person.page.text) ?? [];
    expect((await mailsAtDesk()).length - before).toBe(30);
    const member = running.visitor();
    await signsIn(member, sato);
    await member.opens('/contact');
    member.fills('お問い合わせの内容', 'メールが届きません。');
    await member.presses('送信');
    expect((await mailsAtDesk()).length - before).toBe(31);

    const kept = running.app.get(KeptQuestions);
    await running.clock.advance('20 minutes');
    await kept.mailAll();
    const mails = (await mailsAtDesk()).slice(before);
    expect(mails).toHaveLength(32);
    const { subject, text, html } = mails.at(-1)!;
    expect(subject).toContain('お問い合わせのまとめ（71件）');
    for (const { text: one } of [...mails.slice(0, 30), mails.at(-1)!])
      expect(one).toContain('お名前と法人名は確認されていません。');
    const all = mails.map((mail) => mail.text).join('\n');
    for (let post = 0; post < 100; post += 1) expect(all).toContain(`> 質問${post}。`);
    expect(text.slice(0, text.indexOf('> 質問35。'))).toContain(number);
    expect(text).toContain('2026年11月22日(日) ');
    expect(html).toContain('請求書をなくしました。');
    await kept.mailAll();
    expect((await mailsAtDesk()).length - before).toBe(32);
  });

  it('waits for the key that it was kept under', async () => {
    const other = 'insert into kept_questions (site, sealed_question) values ($1, $2)';
    await running.pool.query(other, ['198.51.100.0/24', Buffer.alloc(64)]);
    await running.app.get(KeptQuestions).mailAll();
    const { rowCount } = await running.pool.query('select from kept_questions');
    expect(rowCount).toBe(1);
  });
});
