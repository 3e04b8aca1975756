import { startApp, type RunningApp } from '../support/app.js';
import { formOn } from '../support/form-post.js';
import type { Corporation, Member } from '../support/people.js';
import { isSignedIn, outcomesOf, signedIn } from '../support/own-account.js';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1';

const OVER = 'この端末からは、すでにログアウトしています。';

let running: RunningApp;
let sakura: Corporation;
let sato: Member;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  sato = await running.people.administratorExists({
    corporation: sakura,
    loginId: 'sato',
    name: '佐藤 花子',
  });
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

function suzuki(corporation = sakura): Promise<Member> {
  people += 1;
  return running.people.staffExists({
    corporation,
    loginId: `suzuki-${people}`,
    name: '鈴木 次郎',
  });
}

async function sessionIdsOf({ id }: Member): Promise<string[]> {
  const { rows } = await running.pool.query<{ id: string }>(
    'select id from sessions where account_id = $1 order by created_at',
    [id],
  );
  return rows.map((row) => row.id);
}

describe('ログイン中の端末', () => {
  it('names each browser in plain words, with address and times, and marks this one', async () => {
    const member = await suzuki();
    await signedIn(running, member, { browser: IPHONE, address: '2001:db8:0:1::7' });
    await running.clock.advance('10 minutes');
    const person = await signedIn(running, member, { browser: CHROME, address: '192.0.2.7' });
    await running.clock.advance('5 minutes');
    await person.opens('/me');
    await person.follows('ログイン中の端末');
    const rows = person.page.root
      .querySelectorAll('tbody tr')
      .map(({ structuredText }) =>
        structuredText.replaceAll(/\s+/g, ' ').replaceAll('2026/', '').trim(),
      );
    expect(rows).toEqual([
      'Windows の Chrome 今お使いの端末 192.0.2.7 11/22 9:10 11/22 9:15 この端末からログアウト',
      'iPhone の Safari 2001:db8:0:1::7 11/22 9:00 11/22 9:00 この端末からログアウト',
    ]);
  });

  it('ends the one that is chosen', async () => {
    const member = await suzuki();
    const [lost, kept] = [
      await signedIn(running, member, { address: '192.0.2.8' }),
      await signedIn(running, member, { address: '192.0.2.9' }),
    ];
    const person = await signedIn(running, member);
    await person.opens('/me/sessions');
    await person.presses('この端末からログアウト', '192.0.2.8');
    expect(person.posted!.status).toBe(303);
    expect(person.page.notice).toBe('Windows の Firefox（192.0.2.8）からログアウトしました。');
    expect(person.page.content('table').text).not.toContain('192.0.2.8');
    expect(await isSignedIn(lost)).toBe(false);
    expect(await isSignedIn(kept)).toBe(true);
    expect(await isSignedIn(person)).toBe(true);
  });

  it('says when it is over already, however often it is pressed', async () => {
    const member = await suzuki();
    await signedIn(running, member, { address: '192.0.2.8' });
    const person = await signedIn(running, member);
    await person.opens('/me/sessions');
    const press = formOn(person, 'この端末からログアウト', { of: '192.0.2.8' });
    const tab = person.tab();
    await tab.opens('/me/sessions');
    await tab.presses('この端末からログアウト', '192.0.2.8');
    for (let times = 0; times < 2; times += 1) {
      expect((await press()).headers.location).toBe('/me/sessions');
      await person.opens('/me/sessions');
      expect(person.page.notice).toBe(OVER);
    }
  });

  it('ends all others', async () => {
    const member = await suzuki();
    const others = [await signedIn(running, member), await signedIn(running, member)];
    const person = await signedIn(running, member);
    const stranger = await signedIn(running, sato);
    await person.opens('/me/sessions');
    await person.presses('ほかの端末からログアウト');
    expect(person.page.notice).toBe('ほかの端末（2件）からログアウトしました。');
    for (const other of others) expect(await isSignedIn(other)).toBe(false);
    expect(await isSignedIn(person)).toBe(true);
    expect(await isSignedIn(stranger)).toBe(true);
    expect(person.page.text).not.toContain('ほかの端末からログアウト');
    expect((await outcomesOf(running, 'session-end')).at(-1)).toBe('done');
  });

  it('says when all others are over already, and writes no row', async () => {
    const member = await suzuki();
    const other = await signedIn(running, member);
    const person = await signedIn(running, member);
    await person.opens('/me/sessions');
    await other.presses('ログアウト');
    const before = await outcomesOf(running, 'session-end');
    await person.presses('ほかの端末からログアウト');
    expect(person.page.notice).toBe('ほかの端末では、ログインしていません。');
    expect(await outcomesOf(running, 'session-end')).toEqual(before);
  });

  it('shows none that is over', async () => {
    const member = await suzuki();
    await signedIn(running, member, { address: '192.0.2.8' });
    await running.clock.advance('31 minutes');
    const person = await signedIn(running, member);
    expect((await person.opens('/me/sessions')).text).not.toContain('192.0.2.8');
  });

  it('knows no session of anybody else', async () => {
    const kaede = await running.people.corporationExists({
      corporateNumber: '7654321',
      name: '株式会社かえで',
    });
    const tanaka = await running.people.administratorExists({
      corporation: kaede,
      loginId: 'tanaka',
      name: '田中 一郎',
    });
    const others = [await signedIn(running, sato), await signedIn(running, tanaka)];
    const person = await signedIn(running, await suzuki());
    const absent = '00000000-0000-4000-8000-000000000000';
    const foreign = [...(await sessionIdsOf(sato)), ...(await sessionIdsOf(tanaka)), absent];
    for (const sessionId of [...foreign, '', 'x', `${absent}'`, undefined]) {
      await person.sends('POST', '/me/sessions', { fields: sessionId ? { sessionId } : {} });
      await person.opens('/me/sessions');
      expect([sessionId, person.page.notice]).toEqual([sessionId, OVER]);
    }
    for (const other of others) expect(await isSignedIn(other)).toBe(true);
  });
});
