import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation, Member } from '../support/people.js';

const MISMATCH = /ログインID・パスワードが相違しているか/g;
const WAIT = '続けて間違えると、しばらくのあいだ正しいパスワードでもログインできません。';

let running: RunningApp;
let sakura: Corporation;
let sato: Member;
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

async function tries(person: Visitor, loginId: string, password: string): Promise<void> {
  await person.opens('/login');
  person.fills('ID', loginId);
  person.fills('パスワード', password);
  await person.presses('ログイン');
}

describe('a refused sign-in', () => {
  it('says once what is wrong, for ID and password together, and leads to 再登録', async () => {
    const person = running.visitor();
    await tries(person, sato.loginId, 'wrong-2026-password');
    const { html } = person.page;
    expect(html.match(MISMATCH)).toHaveLength(1);
    expect(html).toMatch(/<fieldset[^>]* aria-describedby="error-login">/);
    expect(person.page.title).toMatch(/^エラー：/);
    await person.follows('ID・パスワードの再登録へ進む');
    expect(person.page.h1).toBe('パスワード再登録');
  });

  it('tells of waiting times before they begin, while they last, and for unknown IDs', async () => {
    const person = running.visitor();
    for (let times = 0; times < 6; times += 1) {
      await tries(person, sato.loginId, 'wrong-2026-password');
      expect([person.page.status, person.page.text.includes(WAIT)]).toEqual([422, true]);
    }
    await tries(person, sato.loginId, sato.password);
    expect([person.page.status, person.page.text.includes(WAIT)]).toEqual([422, true]);
    const waiting = person.page.text;
    await tries(person, 'nobody', 'wrong-2026-password');
    expect(person.page.text).toBe(waiting);
  });
});

async function refused(member: Member): Promise<string> {
  const person = running.visitor();
  await tries(person, member.loginId, member.password);
  expect([person.page.status, person.page.h1]).toEqual([
    403,
    'このアカウントはご利用いただけません',
  ]);
  expect(person.page.link('ログインへ戻る').getAttribute('href')).toBe('/login');
  return person.page.text;
}

describe('an account that may not sign in', () => {
  it('is told to ask the administrators where the company goes on', async () => {
    const suspended = await running.people.staffExists({
      corporation: sakura,
      loginId: 'suspended',
      name: '停止 三郎',
      state: 'suspended',
    });
    expect(await refused(suspended)).toContain('貴社の管理者の方にご連絡ください');
  });

  it('is told to call the desk where the company is closed', async () => {
    const closed = await running.people.corporationExists({
      corporateNumber: '7654321',
      name: '青葉商事株式会社',
    });
    const member = await running.people.administratorExists({
      corporation: closed,
      loginId: 'aoba',
      name: '青葉 一郎',
    });
    await running.pool.query(`update corporations set state = 'closed' where id = $1`, [closed.id]);
    const text = await refused(member);
    expect(text).toContain('担当窓口までご連絡ください');
    expect(text).not.toContain('管理者の方に');
  });
});
