import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation, Member } from '../support/people.js';
import { finishes, NEW_PASSWORD, newLink } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';
import { confirmsChange, setsUpFactor } from '../support/second-factor.js';
import {
  asksForEmail,
  changesEmail,
  isSignedIn,
  outcomesOf,
  proofLink,
  proves,
  signedIn,
  undoes,
} from '../support/own-account.js';

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

describe('the link to the old address', () => {
  it('gives the address back and ends whatever is open', async () => {
    const { member, person, to } = await suzuki();
    const link = await changesEmail(running, person, member.email, to);
    await asksForEmail(person, `next-${to}`);
    const pending = await proofLink(running, to, `next-${to}`);

    const owner = running.visitor();
    await owner.opens(link);
    expect(owner.page.path).toBe('/email-change/undo');
    expect(owner.page.facts).toEqual(
      expect.objectContaining({
        変更後のメールアドレス: 'j…@new.example',
        取り消すと戻るメールアドレス: member.email,
      }),
    );
    expect(await emailOf(member)).toBe(to);
    await owner.presses('変更を取り消す');
    expect(owner.page.h1).toBe('メールアドレスの変更を取り消しました');
    expect(owner.page.notice).toBe(
      `${member.name} 様のメールアドレスを ${member.email} に戻しました。`,
    );
    expect(await emailOf(member)).toBe(member.email);
    expect(await isSignedIn(person)).toBe(false);
    expect((await running.visitor().opens(pending)).status).toBe(410);
    const mail = await running.mailbox.mailTo(member.email);
    expect(mail.subject).toContain('メールアドレス変更の取り消しのお知らせ');
    await running.mailbox.nothingFor(to);
    expect(await outcomesOf(running, 'email-change-undo')).toEqual(['done']);

    await undoes(owner, link).catch(() => undefined);
    expect(owner.page.status).toBe(410);
    expect(owner.page.text).toContain('すでに取り消されています');
  });

  it('is remembered by the page behind it, and by the link to the new address', async () => {
    const { member, person, to } = await suzuki();
    await asksForEmail(person, to);
    const proof = await proofLink(running, member.email, to);
    await proves(person, proof);
    const undo = running.mailbox.linkIn(await running.mailbox.mailTo(member.email));
    await undoes(person, undo);
    for (const page of ['/email-change/undo', '/email-change'])
      expect((await person.opens(page)).text).toMatch(/取り消されています/);
    await person.opens(proof);
    expect([person.page.status, person.page.h1]).toEqual([410, 'このURLはすでに使われています']);
    expect(person.page.text).not.toContain('完了しています');
  });

  it('ends a password whose second factor was taken off meanwhile', async () => {
    const { member, person: thief, to } = await suzuki();
    const { app } = await setsUpFactor(running, thief);
    await running.mailbox.mailTo(member.email);
    const link = await changesEmail(running, thief, member.email, to);
    await thief.opens('/me/second-factor/removal');
    await thief.presses('2段階認証を解除する');
    await confirmsChange(thief, await app.nextCode());
    expect(thief.page.text).toContain('未設定');
    await undoes(running.visitor(), link);
    await signsIn(thief, member);
    expect(thief.page.status).toBe(422);
  });

  it('ends a password that was set by the other mailbox meanwhile', async () => {
    const { member, person, to } = await suzuki();
    const link = await changesEmail(running, person, member.email, to);
    const thief = running.visitor();
    await thief.opens(await newLink(running, to));
    await finishes(thief);
    await undoes(running.visitor(), link);
    await signsIn(thief, { ...member, password: NEW_PASSWORD });
    expect(thief.page.status).toBe(422);
  });

  it('works until 72 hours are over, to the second', async () => {
    const { member, person, to } = await suzuki();
    const link = await changesEmail(running, person, member.email, to);
    await running.clock.advance('71 hours 59 minutes 59 seconds');
    const owner = running.visitor();
    expect((await owner.opens(link)).status).toBe(200);
    await running.clock.advance('1 second');
    await owner.presses('変更を取り消す');
    expect(owner.page.status).toBe(410);
    expect(owner.page.text).toContain('取り消せる期限（変更から72時間）が切れています');
    expect(await emailOf(member)).toBe(to);
  });

  it('works once; of twenty who press at once, one succeeds', async () => {
    const { member, person, to } = await suzuki();
    const link = await changesEmail(running, person, member.email, to);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => running.visitor().sends('POST', link, { fields: {} })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(19).fill(410)]);
    expect(await emailOf(member)).toBe(member.email);
  });

  it('of the first change undoes the ones behind it, and their links die', async () => {
    const { member, person, to } = await suzuki();
    const first = await changesEmail(running, person, member.email, to);
    const second = await changesEmail(running, person, to, `third-${to}`);
    const thief = running.visitor();
    await thief.opens(second);
    await undoes(running.visitor(), first);
    expect(await emailOf(member)).toBe(member.email);
    await thief.presses('変更を取り消す');
    expect(thief.page.status).toBe(410);
    expect(thief.page.text).toContain('より前の変更が取り消されたため');
    expect(await emailOf(member)).toBe(member.email);
  });

  it('of the first change still works when a later one was undone', async () => {
    const { member, person, to } = await suzuki();
    const first = await changesEmail(running, person, member.email, to);
    const second = await changesEmail(running, person, to, `third-${to}`);
    await undoes(running.visitor(), second);
    expect(await emailOf(member)).toBe(to);
    await undoes(running.visitor(), first);
    expect(await emailOf(member)).toBe(member.email);
  });

  it('is another one than the link to the new address', async () => {
    const { member, person, to } = await suzuki();
    await asksForEmail(person, to);
    const proof = await proofLink(running, member.email, to);
    const token = proof.split('/').at(-1)!;
    const reader = running.visitor();
    expect((await reader.opens(`/email-change/undo/${token}`)).status).toBe(410);
    const answer = await reader.sends('POST', `/email-change/undo/${token}`, { fields: {} });
    expect(answer.status).toBe(410);
    expect(await emailOf(member)).toBe(member.email);
  });
});
