import { Seal } from '../../src/seal.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { signedIn } from '../support/own-account.js';
import type { Corporation, Member } from '../support/people.js';

const MORNING = new Date('2026-11-22T09:00:00+09:00');
const IDLE = '30分操作がなかったため、ログアウトしました。';
const RESTORED = 'まだ送信されていません';

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
beforeEach(async () => {
  await running.clock.stopsAt(MORNING);
  await running.pool.query('delete from flows');
});

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

/** Somebody whose session ended while the own department was being changed, and who sent the form. */
async function interrupted() {
  const { member, person } = await suzuki();
  await person.opens('/me/profile');
  person.fills('部署', '海外営業部');
  await running.clock.advance('30 minutes');
  await person.presses('変更する');
  return { member, person };
}

async function departmentOf({ id }: Member): Promise<string> {
  const { rows } = await running.pool.query<{ department: string }>(
    'select department from accounts where id = $1',
    [id],
  );
  return rows[0]!.department;
}

async function keptForms(): Promise<{ accountId: string; sealed: string }[]> {
  const { rows } = await running.pool.query<{ entries: { accountId: string; sealed: string } }>(
    `select entries from flows where kind = 'kept-form'`,
  );
  return rows.map(({ entries }) => entries);
}

function opened(sealed: string): Record<string, string> {
  const seal = new Seal(running.config.keysFor('kept-forms'));
  return seal.open(Buffer.from(sealed, 'base64'));
}

describe('a form that comes after the end', () => {
  it('is not done, and comes back filled in after the sign-in', async () => {
    const { member, person } = await interrupted();
    expect(person.page.url.pathname).toBe('/login');
    expect(person.page.notice).toContain(IDLE);
    expect(person.page.text).toContain('2026年11月22日(日) 10時00分までお預かりしています');
    expect(await departmentOf(member)).toBe('第二営業部');

    await signsInThere(person, member);
    expect(person.page.url.pathname).toBe('/me/profile');
    expect(person.page.notice).toContain(RESTORED);
    expect(person.page.field('部署').getAttribute('value')).toBe('海外営業部');
    expect(person.page.field('氏名').getAttribute('value')).toBe('鈴木 次郎');
    expect(await departmentOf(member)).toBe('第二営業部');

    await person.presses('変更する');
    expect(await departmentOf(member)).toBe('海外営業部');
  });

  it('is kept without tickets and codes of mails', async () => {
    const { person } = await suzuki();
    await running.clock.advance('30 minutes');
    const fields = { name: '鈴木', ticket: 'ABCD-EFGH-JKMN', code: 'ABCD-EFGH' };
    await person.sends('POST', '/me/profile', { fields });
    const [kept] = await keptForms();
    expect(opened(kept!.sealed)).toEqual({ name: '鈴木' });
  });

  it('comes back after a wrong password too', async () => {
    const { member, person } = await interrupted();
    await signsInThere(person, { ...member, password: 'wrong-2026-password' });
    expect(person.page.status).toBe(422);
    await signsInThere(person, member);
    expect(person.page.field('部署').getAttribute('value')).toBe('海外営業部');
  });

  it('is shown to nobody else: another person begins at the TOP page', async () => {
    const { person } = await interrupted();
    await signsInThere(person, sato);
    expect(person.page.url.pathname).toBe('/');
    expect(person.page.html).not.toContain('海外営業部');
  });

  it('is shown in no other browser', async () => {
    const { member, person } = await interrupted();
    const next = person.page.url.searchParams.get('next')!;
    const elsewhere = await signedIn(running, member);
    await elsewhere.opens(next);
    expect(elsewhere.page.url.pathname).toBe('/me/profile');
    expect(elsewhere.page.html).not.toContain('海外営業部');
  });

  it('waits for thirty minutes', async () => {
    const { member, person } = await interrupted();
    await running.clock.advance('30 minutes');
    await signsInThere(person, member);
    expect(person.page.url.pathname).toBe('/me/profile');
    expect(person.page.field('部署').getAttribute('value')).toBe('第二営業部');
    expect(person.page.html).not.toContain(RESTORED);
  });

  it('waits sealed, and without any password', async () => {
    const { member, person } = await suzuki();
    await person.opens('/me/password');
    person.fills('現在のパスワード', member.password);
    person.fills('新パスワード', 'momiji-7342-kawa');
    person.fills('パスワード確認', 'momiji-7342-kawa');
    await running.clock.advance('30 minutes');
    await person.presses('パスワードを変更する');
    await interrupted();
    const kept = await keptForms();
    expect(JSON.stringify(kept)).not.toMatch(/海外|momiji/);
    expect(kept.map(({ sealed }) => Object.keys(opened(sealed)))).toEqual([
      [],
      ['name', 'nameKana', 'department', 'phone'],
    ]);
  });

  it('is kept for nobody who only claims a session', async () => {
    const { person } = await suzuki();
    const id = person.jar.cookies.get('session')!.value.split('.')[0]!;
    await running.clock.advance('30 minutes');
    const stranger = running.visitor();
    const cookie = `session=${id}.${'A'.repeat(43)}`;
    const fields = { name: '誰か', department: '海外営業部' };
    const answer = await stranger.sends('POST', '/me/profile', { fields, headers: { cookie } });
    expect(answer.headers.location).toBe('/login?next=%2Fme%2Fprofile');
    expect(await keptForms()).toEqual([]);
  });

  it('is kept five times for one account', async () => {
    const { member, person } = await suzuki();
    await running.clock.advance('30 minutes');
    for (let times = 0; times < 7; times += 1) {
      await running.clock.advance('1 second');
      const fields = { department: `第${times}営業部` };
      await person.sends('POST', '/me/profile', { fields });
    }
    const kept = (await keptForms()).filter(({ accountId }) => accountId === member.id);
    const departments = kept.map(({ sealed }) => opened(sealed).department).sort();
    expect(departments).toEqual([2, 3, 4, 5, 6].map((number) => `第${number}営業部`));
  });

  it('leads back by the page that it stood on, with and without HTMX', async () => {
    const { person } = await suzuki();
    await running.clock.advance('30 minutes');
    const headers = { referer: `${running.url}/me/email?from=mail` };
    const fields = { email: 'jiro@new.example' };
    const whole = await person.sends('POST', '/me/email', { fields, headers });
    expect(whole.headers.location).toMatch(/next=%2Fme%2Femail%3Ffrom%3Dmail%26resume%3D/);
    const htmx = { ...headers, 'hx-request': 'true', 'hx-request-type': 'partial' };
    const partial = await person.sends('POST', '/me/email', { fields, headers: htmx });
    expect(partial.status).toBe(401);
    expect(partial.headers['hx-redirect']).toMatch(/next=%2Fme%2Femail%3Ffrom%3Dmail%26resume%3D/);
    const foreign = { referer: 'https://elsewhere.example/accounts' };
    const other = await person.sends('POST', '/me/email', { fields, headers: foreign });
    expect(other.headers.location).toMatch(/next=%2Fme%2Femail%3Fresume%3D/);
  });
});
