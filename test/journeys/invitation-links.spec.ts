import { startApp, type RunningApp } from '../support/app.js';
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

  it('has done its work, says the page that Back leads to', async () => {
    const { link } = await invitation();
    const newcomer = running.visitor();
    await accepts(newcomer, link, `suzuki-${mailboxes}`);
    await newcomer.opens('/invitation');
    expect([newcomer.page.status, newcomer.page.h1]).toEqual([
      410,
      'このURLはすでに使われています',
    ]);
    expect(newcomer.page.text).toContain('登録はすでに完了しています');
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

  it.each(['A'.repeat(43), 'x', '%00%0d%0a', '神', 'A'.repeat(300)])(
    'says of %p that it cannot be used',
    async (token) => {
      expect(await reads(`/invitation/${token}`)).toEqual([410, 'このURLはご利用いただけません']);
      expect(await posts(`/invitation/${token}`)).toBe(410);
    },
  );

  it('is voided by a newer one to the same person of the company, and of no other', async () => {
    const first = await invitation();
    const other = await office(running);
    await invites(other.person, invited(first.email));
    const ofOther = await invitationTo(running, first.email);
    expect((await reads(first.link))[0]).toBe(200);

    await invites(first.person, invited(first.email.toUpperCase(), { name: '鈴木　一郎' }));
    expect(first.person.page.text).toContain('この方への以前の招待は使えなくなりました');
    expect(await reads(first.link)).toEqual([410, '新しいURLをお送りしています']);
    expect(await posts(first.link)).toBe(410);
    expect((await reads(ofOther))[0]).toBe(200);
  });

  it('works beside one to another person who shares the mailbox', async () => {
    const first = await invitation();
    await invites(first.person, invited(first.email, { name: '髙橋 𠮷彦' }));
    expect(first.person.page.text).toContain('ほかのお名前の方への招待もお送りしています');
    expect(first.person.page.text).not.toContain('使えなくなりました');
    const second = await invitationTo(running, first.email);
    await first.person.opens('/accounts/invitations');
    for (const name of ['鈴木 一郎', '髙橋 𠮷彦']) expect(first.person.page.text).toContain(name);
    for (const [index, link] of [first.link, second].entries()) {
      const newcomer = running.visitor();
      await accepts(newcomer, link, `shared-${mailboxes}-${index}`);
      expect(newcomer.page.path).toBe('/login');
    }
  });

  it('counts for its mailbox, whoever shares it', async () => {
    const { person, email } = await invitation();
    for (const name of ['髙橋 𠮷彦', '田中 健']) await invites(person, invited(email, { name }));
    expect(person.page.status).toBe(200);
    await invites(person, invited(email, { name: '山田 花子' }));
    expect([person.page.status, person.page.text]).toEqual([
      422,
      expect.stringContaining('1時間に3回'),
    ]);
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
