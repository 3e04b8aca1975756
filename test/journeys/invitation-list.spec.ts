import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { acceptance, invitationTo, invited, invites, office } from '../support/invitation.js';
import { outcomesOf } from '../support/own-account.js';
import { isUsed } from '../support/proof.js';

const START = new Date('2026-11-22T18:30:00+09:00');

let running: RunningApp;
let mailboxes = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(START));

const later = (milliseconds: number) =>
  running.clock.stopsAt(new Date(START.getTime() + milliseconds));

/** 佐藤 has just invited somebody. */
async function invitation() {
  mailboxes += 1;
  const email = `suzuki-${mailboxes}@sakura.example`;
  const { person, sato, corporation } = await office(running);
  await invites(person, invited(email));
  return { person, sato, corporation, email, link: await invitationTo(running, email) };
}

async function reads(link: string): Promise<[number, string]> {
  const { status, h1 } = await running.visitor().opens(link);
  return [status, h1];
}

/** Presses a button of the list of open invitations, with the password where it is asked for again. */
async function asksInList(person: Visitor, button: string): Promise<string> {
  await person.opens('/accounts/invitations');
  await person.presses(button);
  if (person.page.h1 === 'パスワードの確認') {
    person.fills('現在のパスワード', 'sakura-2026-mochi');
    await person.presses('操作を続ける');
  }
  return person.page.notice;
}

describe('the list of open invitations', () => {
  it('shows who, which mail, until when, and what became of the mail', async () => {
    const { person, email } = await invitation();
    await running.mailbox.everythingIsSent();
    await person.opens('/accounts/invitations');
    for (const text of [
      '鈴木 一郎',
      email,
      '担当者',
      '登録待ち',
      'メール送信済み',
      '招待 佐藤 花子 様',
    ])
      expect(person.page.text).toContain(text);
    expect(person.page.text).toContain('11/29 18:30');

    running.mailbox.behaves(550);
    await invites(person, invited('nobody@sakura.example'));
    await running.mailbox.everythingIsSent();
    running.mailbox.behaves('works');
    await person.opens('/accounts/invitations');
    expect(person.page.text).toContain('メールが届きませんでした。アドレスをご確認ください。');
  });

  it('sends again, not within three minutes, and voids the older link', async () => {
    const { person, email, link } = await invitation();
    const again = () => asksInList(person, '鈴木 一郎 様へ再送する');
    expect(await again()).toContain('メールはお送りしたばかりです。');
    await running.mailbox.nothingFor(email);
    await later(3 * 60_000);
    expect(await again()).toContain('鈴木 一郎 様に招待のメールを再送しました。');
    const newer = await invitationTo(running, email);
    expect(await reads(link)).toEqual([410, '新しいURLをお送りしています']);
    await later(6 * 60_000);
    expect(await again()).toContain('鈴木 一郎 様に招待のメールを再送しました。');
    await later(9 * 60_000);
    expect(await again()).toContain('1時間に3回、1日に10回');
    expect(await reads(newer)).toEqual([410, '新しいURLをお送りしています']);
  });

  it('cancels, and says when that came too late', async () => {
    const { person, link } = await invitation();
    const sentPage = person.page.path;
    await person.opens('/accounts/invitations');
    const tab = person.tab();
    const another = person.tab();
    for (const each of [tab, another]) await each.opens('/accounts/invitations');
    await person.presses('鈴木 一郎 様の招待を取り消す');
    expect(person.page.notice).toContain('鈴木 一郎 様への招待を取り消しました。');
    expect(person.page.text).toContain('招待中の方はいません。');
    expect(await reads(link)).toEqual([410, 'この招待は取り消されました']);
    const posted = await running.visitor().sends('POST', link, acceptance('someone'));
    expect(posted.status).toBe(410);
    await another.presses('鈴木 一郎 様の招待を取り消す');
    await tab.presses('鈴木 一郎 様へ再送する');
    expect(tab.page.notice).toContain('取り消されたか');
    for (const act of ['invitation-again', 'invitation-cancellation'])
      expect((await outcomesOf(running, act)).at(-1)).toBe('invitation-over');
    await person.opens(sentPage);
    expect(person.page.path).toBe('/accounts/invitations');
    expect(person.page.notice).toContain('取り消されたか');
  });

  it('is shorter by one who is cancelled on the page that says the mail is sent', async () => {
    const { person, link } = await invitation();
    expect(person.page.h1).toBe('招待のメールをお送りしました');
    await person.presses('招待を取り消す');
    expect(person.page.path).toBe('/accounts/invitations');
    expect(person.page.notice).toContain('鈴木 一郎 様への招待を取り消しました。');
    expect(person.page.text).toContain('招待中の方はいません。');
    expect(await reads(link)).toEqual([410, 'この招待は取り消されました']);
    await person.follows('利用者を追加する');
    expect(person.page.path).toBe('/accounts/new');
  });

  it('shows nothing of another company, whose ids are as good as none', async () => {
    const { person, email } = await invitation();
    const { path } = person.page;
    const id = path.split('/').at(-1)!;
    const stranger = (await office(running)).person;
    expect((await stranger.opens('/accounts/invitations')).text).not.toContain(email);
    expect((await stranger.opens(path)).status).toBe(404);
    for (const invitationId of [id, '00000000-0000-4000-8000-000000000000', 'x'])
      for (const act of ['cancel', 'send-again']) {
        const fields = { invitationId, act };
        expect((await stranger.sends('POST', '/accounts/invitations', { fields })).status).toBe(
          404,
        );
      }
    expect((await person.opens('/accounts/invitations')).text).toContain('登録待ち');
  });
});

it('a company causes 200 invitations an hour, whoever they are for', async () => {
  const { person, corporation } = await office(running);
  await isUsed(running, 199, `mail:company:${corporation.id}`);
  await invites(person, invited('last@sakura.example'));
  expect(person.page.h1).toBe('招待のメールをお送りしました');
  await invites(person, invited('beyond@sakura.example'));
  expect(person.page.text).toContain('1時間に200回）を超えました');
  await running.mailbox.nothingFor('beyond@sakura.example');
  await invites((await office(running)).person, invited('beyond@sakura.example'));
  await running.mailbox.mailTo('beyond@sakura.example');
});
