import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation, Member } from '../support/people.js';
import { asksForEmail, outcomesOf, proofLink, proves, signedIn } from '../support/own-account.js';
import { asks, finishes, linkTo } from '../support/recovery.js';
import { setsUpFactor } from '../support/second-factor.js';

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
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

async function suzuki(): Promise<{ member: Member; person: Visitor; to: string }> {
  people += 1;
  const member = await running.people.staffExists({
    corporation: sakura,
    loginId: `suzuki-${people}`,
    name: '鈴木 次郎',
  });
  return { member, person: await signedIn(running, member), to: `jiro-${people}@new.example` };
}

async function emailOf({ id }: Member): Promise<string> {
  const { rows } = await running.pool.query<{ email: string }>(
    'select email from accounts where id = $1',
    [id],
  );
  return rows[0]!.email;
}

describe('the link to the new address', () => {
  it('works until 24 hours are over, to the second', async () => {
    const { member, person, to } = await suzuki();
    await asksForEmail(person, to);
    expect(person.page.text).toContain('2026年11月23日(月) 9時00分まで（日本時間）');
    const link = await proofLink(running, member.email, to);
    await running.clock.advance('23 hours 59 minutes 59 seconds');
    const reader = running.visitor();
    expect((await reader.opens(link)).status).toBe(200);
    await running.clock.advance('1 second');
    await reader.presses('メールアドレスを変更する');
    expect(reader.page.status).toBe(410);
    expect(reader.page.text).toContain('URLの期限（発行から24時間）が切れたため');
    expect(await emailOf(member)).toBe(member.email);
  });

  it('changes nothing by being opened, and leaves the address bar', async () => {
    const { member, person, to } = await suzuki();
    await asksForEmail(person, to);
    const link = await proofLink(running, member.email, to);
    const scanner = running.visitor();
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await scanner.sends(method, link);
    const reader = running.visitor();
    expect((await reader.opens(link)).path).toBe('/email-change');
    expect(await emailOf(member)).toBe(member.email);
  });

  it('has done its work, says the page that Back leads to', async () => {
    const { member, person, to } = await suzuki();
    await asksForEmail(person, to);
    await proves(person, await proofLink(running, member.email, to));
    await person.opens('/email-change');
    expect([person.page.status, person.page.h1]).toEqual([410, 'このURLはすでに使われています']);
    expect(person.page.text).toContain('すでに完了しています');
  });

  it('works once; of twenty who press at once, one succeeds', async () => {
    const { member, person, to } = await suzuki();
    await asksForEmail(person, to);
    const link = await proofLink(running, member.email, to);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => running.visitor().sends('POST', link, { fields: {} })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(19).fill(410)]);
    expect(await emailOf(member)).toBe(to);
    const told = await running.mailbox.mailTo(member.email);
    expect(told.subject).toContain('メールアドレス変更のお知らせ');
    await running.mailbox.nothingFor(member.email);
  });

  it('is void after a newer request, which the page says', async () => {
    const { member, person, to } = await suzuki();
    await asksForEmail(person, to);
    const first = await proofLink(running, member.email, to);
    await asksForEmail(person, `other-${to}`);
    const second = await proofLink(running, member.email, `other-${to}`);
    const reader = running.visitor();
    expect((await reader.opens(first)).status).toBe(410);
    expect(reader.page.text).toContain('この変更は取り消されたか');
    await proves(reader, second);
    expect(await emailOf(member)).toBe(`other-${to}`);
  });

  it('can be sent again after three minutes, and given up', async () => {
    const { member, person, to } = await suzuki();
    await asksForEmail(person, to);
    const first = await proofLink(running, member.email, to);
    await person.presses('メールを再送する');
    expect(person.page.notice).toContain('3分ほど待ってから');
    await running.clock.advance('3 minutes');
    await person.presses('メールを再送する');
    expect(person.page.notice).toContain('再送しました');
    const again = running.mailbox.linkIn(await running.mailbox.mailTo(to));
    const reader = running.visitor();
    expect((await reader.opens(first)).status).toBe(410);
    expect((await reader.opens(again)).status).toBe(200);
    await running.mailbox.nothingFor(member.email);
    await person.presses('変更をやめる');
    expect(person.page.notice).toContain('メールアドレスの変更を取り消しました');
    expect(person.page.text).not.toContain(to);
    await reader.presses('メールアドレスを変更する');
    expect(reader.page.status).toBe(410);
    for (const act of ['cancel', 'send-again']) {
      await person.sends('POST', '/me/email', { fields: { act } });
      expect((await person.reloads()).notice).toContain('確認を待っている');
    }
    for (const act of ['email-change-cancellation', 'email-change-request'])
      expect((await outcomesOf(running, act)).at(-1)).toBe('email-change-over');
  });

  it.each(['deleted', 'registered'])('is worth nothing when the account is %s', async (state) => {
    const { member, person, to } = await suzuki();
    await asksForEmail(person, to);
    const link = await proofLink(running, member.email, to);
    await running.pool.query('update accounts set state = $2 where id = $1', [member.id, state]);
    const reader = running.visitor();
    expect((await reader.opens(link)).status).toBe(410);
  });

  it('dies with a recovery of the password', async () => {
    const { member, person, to } = await suzuki();
    await asksForEmail(person, to);
    const link = await proofLink(running, member.email, to);
    const owner = running.visitor();
    await asks(owner, member.email);
    await owner.opens(await linkTo(running, member.email));
    await finishes(owner);
    expect((await running.visitor().opens(link)).status).toBe(410);
  });

  it('dies with a factor that is set up: it was asked for without one', async () => {
    const { member, person: thief, to } = await suzuki();
    await asksForEmail(thief, to);
    const link = await proofLink(running, member.email, to);
    await setsUpFactor(running, await signedIn(running, member));
    expect((await running.visitor().opens(link)).status).toBe(410);
    expect(await emailOf(member)).toBe(member.email);
  });

  it.each(['unknown', 'x'.repeat(43), '%00', '../me'])('is refused as %p', async (token) => {
    const reader = running.visitor();
    for (const path of ['/email-change', '/email-change/undo']) {
      const page = await reader.opens(`${path}/${encodeURIComponent(token)}`);
      expect([410, 404, 400]).toContain(page.status);
    }
  });

  it('does not mix with another one in another tab', async () => {
    const [a, b] = [await suzuki(), await suzuki()];
    await asksForEmail(a.person, a.to);
    await asksForEmail(b.person, b.to);
    const reader = running.visitor();
    await reader.opens(await proofLink(running, a.member.email, a.to));
    await reader.tab().opens(await proofLink(running, b.member.email, b.to));
    await reader.presses('メールアドレスを変更する');
    expect(reader.page.text).toContain(b.to);
    expect(await emailOf(a.member)).toBe(a.member.email);
    expect(await emailOf(b.member)).toBe(b.member.email);
  });
});
