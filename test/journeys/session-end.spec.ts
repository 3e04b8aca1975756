import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { signedIn } from '../support/own-account.js';
import type { Corporation, Member } from '../support/people.js';

const MORNING = new Date('2026-11-22T09:00:00+09:00');
const IDLE = '30分操作がなかったため、ログアウトしました。';

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
beforeEach(() => running.clock.stopsAt(MORNING));

async function suzuki(): Promise<{ member: Member; person: Visitor }> {
  people += 1;
  const member = await running.people.staffExists({
    corporation: sakura,
    loginId: `suzuki-${people}`,
    name: '鈴木 次郎',
  });
  return { member, person: await signedIn(running, member) };
}

/** On the login page that is open. */
async function signsInThere(person: Visitor, { loginId, password }: Member): Promise<void> {
  person.fills('ID', loginId);
  person.fills('パスワード', password);
  await person.presses('ログイン');
}

describe('a session that ended', () => {
  it('says so, and leads back to the page that was wanted', async () => {
    const { member, person } = await suzuki();
    await running.clock.advance('30 minutes');
    await person.opens('/me/sign-ins?page=1');
    expect(person.page.url.pathname).toBe('/login');
    expect(person.page.notice).toContain(IDLE);
    await signsInThere(person, member);
    expect(person.page.url.pathname + person.page.url.search).toBe('/me/sign-ins?page=1');
  });

  it('tells another cause after twelve hours', async () => {
    const { person } = await suzuki();
    for (let times = 0; times < 36; times += 1) {
      await person.sends('GET', '/me');
      await running.clock.advance('20 minutes');
    }
    await person.opens('/me');
    expect(person.page.notice).toContain('ログインから12時間が過ぎた');
  });

  it('says nothing to those who never signed in, or whose sign-in somebody ended', async () => {
    const stranger = running.visitor();
    await stranger.opens('/me');
    expect(stranger.page.html).not.toContain('操作がなかった');
    const { member, person } = await suzuki();
    await running.pool.query('delete from sessions where account_id = $1', [member.id]);
    await person.opens('/me');
    expect(person.page.url.pathname).toBe('/login');
    expect(person.page.html).not.toContain('操作がなかった');
  });
});

async function left(person: Visitor, method = 'GET'): Promise<unknown> {
  return JSON.parse((await person.sends(method, '/session')).text);
}

describe('what is left of a session', () => {
  it('is told without going on, and goes on when it is used anywhere', async () => {
    const { person } = await suzuki();
    await running.clock.advance('28 minutes');
    expect(await left(person)).toEqual({ secondsLeft: 120, canGoOn: true });
    await running.clock.advance('1 minute');
    expect(await left(person)).toEqual({ secondsLeft: 60, canGoOn: true });
    await person.tab().opens('/me');
    expect(await left(person)).toEqual({ secondsLeft: 1_800, canGoOn: true });
    await running.clock.advance('29 minutes');
    expect(await left(person, 'POST')).toEqual({ secondsLeft: 1_800, canGoOn: true });
    await running.clock.advance('30 minutes');
    expect(await left(person)).toEqual({ secondsLeft: 0, canGoOn: true });
    expect(await left(person, 'POST')).toEqual({ secondsLeft: 0, canGoOn: false });
  });

  it('is less at the longest time, and then does not go on', async () => {
    const { person } = await suzuki();
    for (let times = 0; times < 35; times += 1) {
      await running.clock.advance('20 minutes');
      await person.sends('GET', '/me');
    }
    await running.clock.advance('18 minutes');
    expect(await left(person, 'POST')).toEqual({ secondsLeft: 120, canGoOn: false });
  });

  it('is nothing for strangers', async () => {
    expect(await left(running.visitor())).toEqual({ secondsLeft: 0, canGoOn: false });
    const { headers } = await running.visitor().sends('GET', '/session');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('stands on pages with a form, for those without scripts', async () => {
    const { person } = await suzuki();
    await person.opens('/me/profile');
    expect(person.page.html).toContain(
      '<noscript><p class="gk-session-note">9時30分まで操作がないとログアウトします。',
    );
    await running.clock.stopsAt(new Date('2026-11-22T23:45:00+09:00'));
    const { person: late } = await suzuki();
    await late.opens('/me/profile');
    expect(late.page.html).toContain('2026年11月23日(月) 0時15分まで操作がないと');
    for (const path of ['/me', '/me/log'])
      expect((await person.opens(path)).html).not.toContain('<noscript>');
  });

  it('promises nothing of passwords', async () => {
    const { person } = await suzuki();
    const promise = 'そのあとに送信した内容はお預かりし';
    expect((await person.opens('/me/profile')).html).toContain(promise);
    const { html } = await person.opens('/me/password');
    expect(html).toContain('入力中の内容は、それまでに送信してください。');
    expect(html).not.toContain(promise);
  });

  it('says what ends anyway', async () => {
    const { person } = await suzuki();
    for (let times = 0; times < 35; times += 1) {
      await running.clock.advance('20 minutes');
      await person.sends('GET', '/me');
    }
    await person.opens('/me/profile');
    expect(person.page.html).toContain('操作をしていても、21時00分にログアウトします。');
  });
});

describe('a session that somebody ended', () => {
  it('says so to another tab after a logout', async () => {
    const { member, person } = await suzuki();
    const other = person.tab();
    await other.opens('/me/profile');
    expect(other.page.html).toContain(
      'ご自分でログアウトした場合は、お預かりしません。</p></noscript>',
    );
    await person.opens('/');
    await person.presses('ログアウト');
    await other.presses('変更する');
    expect(other.page.notice).toContain('送信した内容を受け付けていません。');
    await signsInThere(other, member);
    expect(other.page.url.pathname).toBe('/me/profile');
  });

  it('says so on a page that is only read', async () => {
    const { member, person } = await suzuki();
    await running.pool.query('delete from sessions where account_id = $1', [member.id]);
    await person.opens('/me');
    expect(person.page.notice).toContain(
      'パスワードやメールアドレスの変更、ご利用の停止、別の端末やタブでの操作などによる',
    );
  });
});
