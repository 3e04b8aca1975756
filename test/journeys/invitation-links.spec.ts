import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import {
  acceptance,
  accepts,
  invitationTo,
  invited,
  invites,
  office,
} from '../support/invitation.js';
import { asks } from '../support/recovery.js';

const START = new Date('2026-11-22T18:30:00+09:00');
const DAYS = 24 * 60 * 60 * 1000;

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

const posts = async (link: string) =>
  (await running.visitor().sends('POST', link, acceptance(`someone-${mailboxes}`))).status;

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

describe('the link of an invitation', () => {
  it('works in the last second of its seven days', async () => {
    const { link } = await invitation();
    await later(7 * DAYS - 1000);
    const newcomer = running.visitor();
    await accepts(newcomer, link, `suzuki-${mailboxes}`);
    expect(newcomer.page.path).toBe('/login');
    expect(await reads(link)).toEqual([410, 'このURLはすでに使われています']);
    expect(await posts(link)).toBe(410);
  });

  it('is over when they are, also for who opened it before', async () => {
    const { link } = await invitation();
    await later(7 * DAYS - 1000);
    const newcomer = running.visitor();
    await newcomer.opens(link);
    await later(7 * DAYS);
    expect((await newcomer.sends('POST', '/invitation', acceptance('late-1'))).status).toBe(410);
    expect(await reads(link)).toEqual([410, 'このURLは期限が切れています']);
  });

  it.each(['A'.repeat(43), 'x', '%00%0d%0a', '神', 'A'.repeat(4000)])(
    'says of %p that it cannot be used',
    async (token) => {
      expect(await reads(`/invitation/${token}`)).toEqual([410, 'このURLはご利用いただけません']);
      expect(await posts(`/invitation/${token}`)).toBe(410);
    },
  );

  it('is voided by a newer one to the same mailbox of the company, and of no other', async () => {
    const first = await invitation();
    const other = await office(running);
    await invites(other.person, invited(first.email));
    const ofOther = await invitationTo(running, first.email);
    expect((await reads(first.link))[0]).toBe(200);

    await invites(first.person, invited(first.email.toUpperCase(), { name: '髙橋 𠮷彦' }));
    expect(first.person.page.text).toContain('以前の招待は使えなくなりました');
    expect(await reads(first.link)).toEqual([410, '新しいURLをお送りしています']);
    expect(await posts(first.link)).toBe(410);
    expect((await reads(ofOther))[0]).toBe(200);
  });

  it('opens nothing else, and the link for something else opens no invitation', async () => {
    const { link } = await invitation();
    const token = link.split('/').at(-1)!;
    for (const path of ['/activation/', '/password-reset/'])
      expect((await running.visitor().opens(path + token)).status).not.toBe(200);
  });

  it('is no account yet: a recovery of the invited mailbox sends nothing', async () => {
    const { email } = await invitation();
    await asks(running.visitor(), email);
    await running.mailbox.nothingFor(email);
  });

  it.each([
    [`state = 'suspended'`],
    [`state = 'deleted'`],
    [`role = 'staff'`],
    [`held_until = genkan_now() + interval '1 hour'`],
  ])('is void when the inviter is no usable administrator any more: %s', async (change) => {
    const { link, sato, corporation } = await invitation();
    await running.people.administratorExists({
      corporation,
      loginId: `other-${mailboxes}`,
      name: '田中 健',
    });
    await running.pool.query(`update accounts set ${change} where id = $1`, [sato.id]);
    expect(await reads(link)).toEqual([410, 'この招待はご利用いただけません']);
    expect(await posts(link)).toBe(410);
  });

  it('is void when the company is closed', async () => {
    const { link, corporation } = await invitation();
    await running.pool.query(`update corporations set state = 'closed' where id = $1`, [
      corporation.id,
    ]);
    expect(await reads(link)).toEqual([410, 'この招待はご利用いただけません']);
    expect(await posts(link)).toBe(410);
  });
});

describe('the list of open invitations', () => {
  it('shows who, which mail, until when, and what became of the mail', async () => {
    const { person, email } = await invitation();
    await running.mailbox.everythingIsSent();
    await person.opens('/accounts/invitations');
    for (const text of ['鈴木 一郎', email, '担当者', '登録待ち', '送信済み', '招待 佐藤 花子 様'])
      expect(person.page.text).toContain(text);
    expect(person.page.text).toContain('2026年11月29日(日) 18時30分まで');

    running.mailbox.behaves(550);
    await invites(person, invited('nobody@sakura.example'));
    await running.mailbox.everythingIsSent();
    running.mailbox.behaves('works');
    await person.opens('/accounts/invitations');
    expect(person.page.text).toContain('届きませんでした（アドレスをご確認ください）');
  });

  it('sends again, not within three minutes, and voids the older link', async () => {
    const { person, email, link } = await invitation();
    const again = () => asksInList(person, '鈴木 一郎 様へもう一度送る');
    expect(await again()).toContain('メールはお送りしたばかりです。');
    await running.mailbox.nothingFor(email);
    await later(3 * 60_000);
    expect(await again()).toContain('もう一度お送りしました');
    const newer = await invitationTo(running, email);
    expect(await reads(link)).toEqual([410, '新しいURLをお送りしています']);
    await later(6 * 60_000);
    expect(await again()).toContain('もう一度お送りしました');
    await later(9 * 60_000);
    expect(await again()).toContain('1時間ほど待ってから');
    expect(await reads(newer)).toEqual([410, '新しいURLをお送りしています']);
  });

  it('cancels, and says when that came too late', async () => {
    const { person, link } = await invitation();
    await person.opens('/accounts/invitations');
    const tab = person.tab();
    await tab.opens('/accounts/invitations');
    await person.presses('鈴木 一郎 様の招待を取り消す');
    expect(person.page.notice).toContain('招待を取り消しました。');
    expect(person.page.text).toContain('招待中の方はいません。');
    expect(await reads(link)).toEqual([410, 'この招待は取り消されました']);
    expect(await posts(link)).toBe(410);
    await tab.presses('鈴木 一郎 様へもう一度送る');
    expect(tab.page.notice).toContain('取り消されたか');
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
