import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation, Member } from '../support/people.js';
import { isSignedIn, outcomesOf, signedIn } from '../support/own-account.js';
import { finishes, NEW_PASSWORD } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

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

/** Somebody who signed in once, at the office. */
async function suzuki() {
  people += 1;
  const member = await running.people.staffExists({
    corporation: sakura,
    loginId: `suzuki-${people}`,
    name: '鈴木 次郎',
  });
  const person = await signedIn(running, member, { address: '192.0.2.7' });
  return { member, person };
}

/** A sign-in from elsewhere. @returns the link of the mail that tells of it */
async function reported(member: Member) {
  const thief = await signedIn(running, member);
  return { thief, link: running.mailbox.linkIn(await running.mailbox.mailTo(member.email)) };
}

describe('a sign-in', () => {
  it('tells of a browser that is not known, in words', async () => {
    const { member } = await suzuki();
    await running.clock.advance('1 hour');
    await signedIn(running, member, { address: '192.0.2.99', browser: CHROME });
    const mail = await running.mailbox.mailTo(member.email);
    expect(mail.subject).toBe('[法人WEBシステム] 新しい環境からのログイン');
    expect(mail.text).toContain('日時：2026年11月22日(日) 10時00分（日本時間）');
    expect(mail.text).toContain('端末：Windows の Chrome');
    expect(mail.text).toContain('接続元のIPアドレス：192.0.2.99');
    expect(running.mailbox.linkIn(mail)).toContain('/sign-in-report/');
  });

  it('tells of a known browser in a network that is not', async () => {
    const { member, person } = await suzuki();
    person.movesTo('203.0.113.20');
    await signsIn(person, member).catch(() => undefined);
    const tab = person.tab();
    tab.jar.cookies.delete('session');
    await signsIn(tab, member);
    expect((await running.mailbox.mailTo(member.email)).text).toContain('203.0.113.20');
    await running.mailbox.nothingFor(member.email);
  });

  it('says nothing the very first time, nor from the same browser and network', async () => {
    const { member, person } = await suzuki();
    await running.mailbox.nothingFor(member.email);
    for (const address of ['192.0.2.7', '192.0.2.200', '::ffff:192.0.2.8']) {
      person.movesTo(address);
      person.jar.cookies.delete('session');
      await signsIn(person, member);
      expect(person.page.path).toBe('/');
    }
    await running.mailbox.nothingFor(member.email);
  });

  it('does not tell twice of the same, but of another browser there', async () => {
    const { member } = await suzuki();
    for (let times = 0; times < 3; times += 1)
      await signedIn(running, member, { address: '203.0.113.20' });
    await running.mailbox.mailTo(member.email);
    await running.mailbox.nothingFor(member.email);
    await signedIn(running, member, { address: '203.0.113.21', browser: CHROME });
    await running.mailbox.mailTo(member.email);
  });

  it('forgets a network after 90 days', async () => {
    const { member, person } = await suzuki();
    const signsInAgain = async () => {
      person.jar.cookies.delete('session');
      await signsIn(person, member);
    };
    for (let times = 0; times < 4; times += 1) {
      await running.clock.advance('29 days');
      await signsInAgain();
    }
    await running.mailbox.nothingFor(member.email);
    person.movesTo('203.0.113.20');
    await signsInAgain();
    await running.mailbox.mailTo(member.email);
    for (let times = 0; times < 4; times += 1) {
      await running.clock.advance('25 days');
      await signsInAgain();
    }
    await running.mailbox.nothingFor(member.email);
    person.movesTo('192.0.2.7');
    await signsInAgain();
    await running.mailbox.mailTo(member.email);
  });

  it('of an IPv6 address counts by its /64', async () => {
    const { member, person } = await suzuki();
    for (const address of ['2001:db8:0:1::7', '2001:db8:0:1:ffff::9']) {
      person.movesTo(address);
      person.jar.cookies.delete('session');
      await signsIn(person, member);
    }
    await running.mailbox.mailTo(member.email);
    await running.mailbox.nothingFor(member.email);
  });

  it('that fails tells nobody', async () => {
    const { member } = await suzuki();
    await signedIn(running, { ...member, password: 'wrong-2026-password' });
    await running.mailbox.nothingFor(member.email);
  });
});

describe('お心当たりがない場合', () => {
  it('ends what is signed in and sends the mail that sets a new password', async () => {
    const { member, person } = await suzuki();
    const { thief, link } = await reported(member);
    const owner = running.visitor();
    await owner.opens(link);
    expect(owner.page.path).toBe('/sign-in-report');
    expect(owner.page.h1).toBe('お心当たりのないログイン');
    expect(await isSignedIn(thief)).toBe(true);
    await owner.presses('すべての端末からログアウトする');
    expect(owner.page.h1).toBe('すべての端末からログアウトしました');
    expect(await isSignedIn(thief)).toBe(false);
    expect(await isSignedIn(person)).toBe(false);
    const mail = await running.mailbox.mailTo(member.email);
    expect(mail.subject).toBe('[法人WEBシステム] パスワード再登録のご案内');
    await owner.opens(running.mailbox.linkIn(mail));
    await finishes(owner);
    await signsIn(owner, { ...member, password: NEW_PASSWORD });
    expect(owner.page.path).toBe('/');
    expect((await outcomesOf(running, 'sign-in-report')).at(-1)).toBe('done');
  });

  it('forgets browsers and networks, so that the next sign-in there is told again', async () => {
    const { member } = await suzuki();
    const { thief, link } = await reported(member);
    await running.visitor().sends('POST', link, { fields: {} });
    await running.mailbox.mailTo(member.email);
    await signsIn(thief, member);
    const told = await running.mailbox.mailTo(member.email);
    expect(told.subject).toContain('新しい環境からのログイン');
  });

  it('works once, by the button only, for seven days', async () => {
    const { member } = await suzuki();
    const { thief, link } = await reported(member);
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await running.visitor().sends(method, link);
    expect(await isSignedIn(thief)).toBe(true);
    await running.clock.advance('6 days 23 hours 59 minutes 59 seconds');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => running.visitor().sends('POST', link, { fields: {} })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(19).fill(410)]);
    const late = await suzuki();
    const second = await reported(late.member);
    await running.clock.advance('7 days');
    const page = await running.visitor().opens(second.link);
    expect(page.status).toBe(410);
    expect(page.text).toContain('URLの期限（発行から7日間）が切れています。');
  });

  it('opens nothing else, and nothing else opens it', async () => {
    const { member } = await suzuki();
    const { link } = await reported(member);
    const token = link.split('/').at(-1)!;
    for (const path of ['activation', 'email-change', 'email-change/undo']) {
      const answer = await running.visitor().sends('POST', `/${path}/${token}`, { fields: {} });
      expect(answer.status).toBe(410);
    }
    for (const other of ['x', 'A'.repeat(43)])
      expect((await running.visitor().opens(`/sign-in-report/${other}`)).status).toBe(410);
    expect((await running.visitor().opens(link)).status).toBe(200);
  });
});
