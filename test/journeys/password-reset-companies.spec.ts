import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation, Member } from '../support/people.js';
import { asksElsewhere, choosesPassword, entersNumbers, withoutIds } from '../support/recovery.js';

const MAILBOX = 'keiri@jimusho.example';

let running: RunningApp;
let sakura: Corporation;
let momiji: Corporation;
let atSakura: Member;
let atMomiji: Member;

beforeAll(async () => {
  running = await startApp();
  const { people } = running;
  sakura = await people.corporationExists({
    corporateNumber: '1111111',
    name: '株式会社さくら',
    transferAccounts: ['1111111', '1111112'],
  });
  momiji = await people.corporationExists({
    corporateNumber: '2222222',
    name: 'もみじ商事株式会社',
    transferAccounts: ['2222222'],
  });
  atSakura = await people.administratorExists({
    corporation: sakura,
    loginId: 'kaikei-s',
    name: '高橋 一郎',
    email: MAILBOX,
  });
  atMomiji = await people.administratorExists({
    corporation: momiji,
    loginId: 'kaikei-m',
    name: '山本 さくら',
    email: MAILBOX,
  });
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));
afterEach(() => running.pool.query('truncate limit_counters'));

/** Somebody at the numbers, with a new link of the mailbox. */
async function atNumbers(email = MAILBOX): Promise<Visitor> {
  await asksElsewhere(running, email);
  const person = running.visitor();
  await person.opens(await recoveryLinkTo(email));
  return person;
}

/** The mailbox also has notices of earlier stories, which nobody read. */
async function recoveryLinkTo(email: string): Promise<string> {
  for (;;) {
    const mail = await running.mailbox.mailTo(email);
    if (mail.subject.endsWith('再登録のご案内')) return running.mailbox.linkIn(mail);
  }
}

async function hashOf({ id }: Member): Promise<string> {
  const statement = 'select password_hash from accounts where id = $1';
  return (await running.pool.query(statement, [id])).rows[0].password_hash;
}

describe('a mailbox of two companies', () => {
  it('gets one mail, and the numbers decide whose ID it is', async () => {
    const person = await atNumbers();
    await entersNumbers(person, momiji);
    expect(person.page.facts).toMatchObject({ 法人名: momiji.name, ログインID: 'kaikei-m' });
    const before = await hashOf(atSakura);
    await choosesPassword(person);
    await person.presses('登録');
    expect(person.page.facts).toMatchObject({ ログインID: 'kaikei-m' });
    expect(await hashOf(atSakura)).toBe(before);
    await running.mailbox.mailTo(MAILBOX);
    await running.mailbox.nothingFor(MAILBOX);
  });

  it('sees nothing of the other company on any page or mail', async () => {
    const person = await atNumbers();
    const pages = [person.page.html];
    await entersNumbers(person, { ...sakura, transferAccounts: ['1111112'] });
    pages.push(person.page.html);
    await choosesPassword(person);
    pages.push(person.page.html);
    await person.presses('登録');
    pages.push(person.page.html, (await running.mailbox.mailTo(MAILBOX)).text);
    expect(pages.join('\n')).toContain('高橋 一郎');
    expect(withoutIds(pages.join('\n'))).not.toMatch(/もみじ|山本|kaikei-m|222/);
  });

  it('starts over at the numbers behind 「別の法人で登録している場合」', async () => {
    const person = await atNumbers();
    await entersNumbers(person, sakura);
    expect(person.page.text).toContain('別の法人で登録している場合は、');
    await person.follows('番号の入力', '別の法人で登録している場合は');
    expect(person.page.path).toMatch(/^\/password-reset\/numbers\?flow=/);
    await entersNumbers(person, momiji);
    expect(person.page.facts).toMatchObject({ 法人名: momiji.name, ログインID: 'kaikei-m' });
    await choosesPassword(person);
    const before = await hashOf(atSakura);
    await person.presses('登録');
    expect(person.page.facts).toMatchObject({ ログインID: 'kaikei-m' });
    expect(await hashOf(atSakura)).toBe(before);
  });

  it('forgets a password that was chosen for the other company', async () => {
    const person = await atNumbers();
    await entersNumbers(person, sakura);
    await choosesPassword(person);
    const flow = person.page.url.searchParams.get('flow')!;
    const before = [await hashOf(atSakura), await hashOf(atMomiji)];
    await person.opens(`/password-reset/numbers?flow=${flow}`);
    await entersNumbers(person, momiji);
    await person.sends('POST', '/password-reset/confirmation', { fields: { flow } });
    expect([await hashOf(atSakura), await hashOf(atMomiji)]).toEqual(before);
    await person.opens(`/password-reset/confirmation?flow=${flow}`);
    expect(person.page.path).toBe(`/password-reset/new-password?flow=${flow}`);
  });

  it('has no use for an ID of the other company or mailbox at the choice', async () => {
    const email = 'futatsu@jimusho.example';
    for (const loginId of ['futatsu-1', 'futatsu-2', 'futatsu-m'])
      await running.people.staffExists({
        corporation: loginId === 'futatsu-m' ? momiji : sakura,
        loginId,
        name: '中村 恵',
        email,
      });
    const person = await atNumbers(email);
    await entersNumbers(person, sakura);
    expect(person.page.text).toMatch(/futatsu-1[^]*futatsu-2/);
    expect(person.page.html).not.toContain('futatsu-m');
    const { rows } = await running.pool.query(
      `select id from accounts where login_id = 'futatsu-m'`,
    );
    const flow = person.page.url.searchParams.get('flow')!;
    for (const accountId of [rows[0].id, atSakura.id, '', 'x', "' or true--"]) {
      const fields = { flow, accountId };
      const answer = await person.sends('POST', '/password-reset/account', { fields });
      expect([accountId, answer.status]).toEqual([accountId, 422]);
    }
    await person.opens(`/password-reset/new-password?flow=${flow}`);
    expect(person.page.path).toBe(`/password-reset/account?flow=${flow}`);
  });
});
