import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation, Member } from '../support/people.js';
import {
  asksForEmail,
  changesEmail,
  isSignedIn,
  outcomesOf,
  proofLink,
  proves,
  signedIn,
} from '../support/own-account.js';
import { asks, newLink } from '../support/recovery.js';

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  await running.people.administratorExists({
    corporation: sakura,
    loginId: 'sato',
    name: '佐藤 花子',
  });
});
afterAll(() => running.stop());
beforeEach(() => running.clock.reset());

function suzuki(given: Partial<Member> = {}): Promise<Member> {
  people += 1;
  return running.people.staffExists({
    corporation: sakura,
    loginId: `suzuki-${people}`,
    name: '鈴木 次郎',
    ...given,
  });
}

const addressOf = async ({ id }: Member) => {
  const { rows } = await running.pool.query<{
    email: string;
    email_key: string;
  }>('select email, email_key from accounts where id = $1', [id]);
  return rows[0]!;
};

describe('a change of the mail address', () => {
  it('happens when the reader of the new mailbox proves it', async () => {
    const member = await suzuki();
    const person = await signedIn(running, member);
    const elsewhere = await signedIn(running, member);
    await running.mailbox.mailTo(member.email);
    const to = `jiro-${people}@new.example`;

    await person.opens('/me');
    await person.follows('変更', member.email);
    expect(person.page.h1).toBe('メールアドレスの変更');
    person.fills('新しいメールアドレス', `jiro-${people}＠NEW.example`);
    await person.presses('確認のメールを送る');
    expect(person.posted!.status).toBe(303);
    expect(person.page.notice).toContain('新しいメールアドレスに確認のメールをお送りしました。');
    expect(person.page.text.split('を押すと、変更が完了します。')).toHaveLength(2);
    expect(person.page.facts).toMatchObject({
      新しいメールアドレス: to,
      現在のメールアドレス: member.email,
    });

    const asked = await running.mailbox.mailTo(member.email);
    expect(asked.subject).toBe('[法人WEBシステム] メールアドレス変更の受付のお知らせ');
    expect(asked.text).toContain('新しいメールアドレス（j…@new.example）');
    expect(asked.text).not.toContain(to);
    const mail = await running.mailbox.mailTo(to);
    expect(mail.subject).toBe('[法人WEBシステム] メールアドレス変更');
    expect((await addressOf(member)).email).toBe(member.email);

    const phone = running.visitor();
    await phone.opens(running.mailbox.linkIn(mail));
    expect(phone.page.path).toBe('/email-change');
    expect(phone.page.facts).toEqual(expect.objectContaining({ 新しいメールアドレス: to }));
    expect((await addressOf(member)).email).toBe(member.email);
    await phone.presses('メールアドレスを変更する');
    expect(phone.page.h1).toBe('メールアドレス変更完了');
    expect(phone.page.notice).toBe(`${member.name} 様のメールアドレスを ${to} に変更しました。`);

    expect(await addressOf(member)).toMatchObject({ email: to, email_key: to });
    const told = await running.mailbox.mailTo(member.email);
    expect(told.subject).toBe('[法人WEBシステム] メールアドレス変更のお知らせ');
    expect(told.text).not.toContain(to);
    expect(await isSignedIn(person)).toBe(false);
    expect(await isSignedIn(elsewhere)).toBe(false);
    await running.mailbox.nothingFor(to);
    expect(await outcomesOf(running, 'email-change')).toEqual(['done']);
  });

  it('leaves the session that proves it, and no other', async () => {
    const member = await suzuki();
    const person = await signedIn(running, member);
    const elsewhere = await signedIn(running, member);
    await running.mailbox.mailTo(member.email);
    await changesEmail(running, person, member.email, `here-${people}@new.example`);
    expect(await isSignedIn(person)).toBe(true);
    expect(await isSignedIn(elsewhere)).toBe(false);
  });

  it('leaves nothing to the old mailbox', async () => {
    const member = await suzuki();
    const person = await signedIn(running, member);
    const link = await newLink(running, member.email);
    await changesEmail(running, person, member.email, `left-${people}@new.example`);
    const reader = running.visitor();
    expect((await reader.opens(link)).status).toBe(410);
    await asks(reader, member.email);
    await running.mailbox.nothingFor(member.email);
  });

  it('looks the same when others use the address', async () => {
    const other = await suzuki();
    const member = await suzuki();
    const person = await signedIn(running, member);
    await asksForEmail(person, other.email);
    expect(person.page.notice).toContain('新しいメールアドレスに確認のメールをお送りしました。');
    await proves(person, await proofLink(running, member.email, other.email));
    expect((await addressOf(member)).email).toBe(other.email);
    expect((await addressOf(other)).email).toBe(other.email);
  });

  it.each([
    ['', 'メールアドレスを入力してください。'],
    ['suzuki', 'メールアドレスの形式をご確認ください。例：taro@example.co.jp'],
    ['a@example.jp, b@example.jp', 'メールアドレスの形式をご確認ください。例：taro@example.co.jp'],
  ])('is refused for %p', async (typed, sentence) => {
    const person = await signedIn(running, await suzuki());
    await asksForEmail(person, typed);
    expect(person.page.status).toBe(422);
    expect(person.page.errors).toEqual([sentence]);
  });

  it('is refused for the address that it is already, in whatever case', async () => {
    const member = await suzuki();
    const person = await signedIn(running, member);
    await asksForEmail(person, member.email.toUpperCase());
    expect(person.page.errors).toEqual([
      '現在のメールアドレスと同じです。新しいメールアドレスを入力してください。',
    ]);
    await running.mailbox.nothingFor(member.email);
  });

  it('sends three mails an hour to one address', async () => {
    const member = await suzuki();
    const person = await signedIn(running, member);
    for (let times = 0; times < 3; times += 1) await asksForEmail(person, 'flood@victim.example');
    expect(person.posted!.status).toBe(303);
    await asksForEmail(person, 'flood@victim.example');
    expect(person.page.status).toBe(422);
    expect(person.page.errors[0]).toContain('送信できる回数（1時間に3回、1日に10回）を超えました');
    await running.mailbox.everythingIsSent();
    expect(running.mailbox.unread('flood@victim.example')).toHaveLength(3);
  });

  it('asks for signing in, and administrators change only their own here', async () => {
    const stranger = running.visitor();
    expect((await stranger.sends('GET', '/me/email')).headers.location).toBe(
      '/login?next=%2Fme%2Femail',
    );
    const member = await suzuki();
    const person = await signedIn(running, await suzuki());
    const fields = { email: 'taken@evil.example', accountId: member.id, id: member.id };
    await person.sends('POST', '/me/email', { fields });
    const { rows } = await running.pool.query('select from email_changes where account_id = $1', [
      member.id,
    ]);
    expect(rows).toEqual([]);
  });
});

it('one person causes ten mails an hour, from however many networks and to whatever mailboxes', async () => {
  const member = await suzuki();
  const person = await signedIn(running, member);
  const asked = (mailbox: number) => asksForEmail(person, `limit-${mailbox}@new.example`);
  for (let mailbox = 0; mailbox < 10; mailbox += 1) {
    await running.pool.query(`delete from limit_counters where key like 'mail:client:%'`);
    await asked(mailbox);
    expect(person.page.notice).toContain('確認のメールをお送りしました');
  }
  await running.pool.query(`delete from limit_counters where key like 'mail:client:%'`);
  await asked(10);
  expect(person.page.errorsAt('新しいメールアドレス')).toEqual([
    expect.stringContaining('（1時間に10回、1日に20回）を超えました'),
  ]);
  await running.mailbox.nothingFor('limit-10@new.example');
  const colleague = await signedIn(running, await suzuki());
  await asksForEmail(colleague, 'limit-11@new.example');
  expect(colleague.page.notice).toContain('確認のメールをお送りしました');
});
