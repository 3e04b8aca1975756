import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { listOf } from '../support/invitation-import.js';
import { companyExists, signedIn, type Company } from '../support/members.js';

const IMPORT = '/accounts/invitations/import';
const MIB = 1024 * 1024;

let running: RunningApp;
let company: Company;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  await running.pool.query('delete from flows');
  company = await companyExists(running);
});

interface Kept {
  /** Of all forms of 鈴木, or of one session's. */
  forms: number;
  bytes: number;
}

async function kept(sessionId?: string): Promise<Kept> {
  const { rows } = await running.pool.query<Kept>(
    `select count(*)::int as forms, coalesce(sum(pg_column_size(entries)), 0)::int as bytes
     from flows where kind = 'kept-form' and entries->>'accountId' = $1
       and ($2::text is null or entries->>'sessionId' = $2)`,
    [company.suzuki.id, sessionId ?? null],
  );
  return rows[0]!;
}

const cookieOf = ({ jar }: Visitor) => `session=${jar.cookies.get('session')!.value}`;

const sessionOf = (cookie: string) => cookie.slice('session='.length).split('.')[0]!;

/** Somebody with a copy of the cookie and nothing else. */
function posts(cookie: string, department = '海外営業部') {
  const copy = running.visitor();
  return copy.sends('POST', '/me/profile', { fields: { department }, headers: { cookie } });
}

/** As large as a form may be that comes with a file. */
function postsFile(cookie: string, people = '漢字'.repeat(85_000)) {
  const raw = `--b\r\nContent-Disposition: form-data; name="people"\r\n\r\n${people}\r\n--b--\r\n`;
  const headers = { cookie, 'content-type': 'multipart/form-data; boundary=b' };
  return running.visitor().sends('POST', IMPORT, { raw, headers });
}

/** Cookies of sessions of 鈴木 that an administrator ended. */
async function endedSessions(count: number): Promise<string[]> {
  const cookies = [];
  for (let session = 0; session < count; session += 1)
    cookies.push(cookieOf(await signedIn(running, company.suzuki)));
  const sato = await signedIn(running, company.sato);
  await sato.opens(`/accounts/${company.suzuki.id}`);
  await sato.presses('すべての端末からログアウトさせる');
  return cookies;
}

const times = (count: number, cookies: string[]) =>
  cookies.flatMap((cookie) => Array.from({ length: count }, () => cookie));

describe('after a sign-out of its owner', () => {
  it.each([
    ['at once', undefined],
    ['after half an hour', '30 minutes'],
  ] as const)('a copy of the cookie has no form kept: %s', async (_, pause) => {
    const person = await signedIn(running, company.suzuki);
    const copied = cookieOf(person);
    if (pause !== undefined) await running.clock.advance(pause);
    await person.sends('POST', '/logout', { fields: {} });
    const answer = await posts(copied);
    expect(answer.headers.location).toBe('/login?next=%2Fme%2Fprofile');
    expect((await postsFile(copied)).status).toBe(303);
    expect(await kept()).toMatchObject({ forms: 0 });
  });
});

describe('of sessions that others ended', () => {
  it('fifteen forms of an account are kept, however many come at once', async () => {
    const cookies = await endedSessions(6);
    await Promise.all(times(4, cookies).map((cookie) => posts(cookie)));
    expect(await kept()).toMatchObject({ forms: 15 });
    await running.clock.advance('1 second');
    await posts(cookies[0]!);
    expect(await kept()).toMatchObject({ forms: 15 });
    expect((await kept(sessionOf(cookies[0]!))).forms).toBeGreaterThan(0);
  });

  it('large forms have the room of a few, for a session and for the account', async () => {
    const cookies = await endedSessions(5);
    await Promise.all(times(3, cookies).map((cookie) => postsFile(cookie)));
    const all = await kept();
    expect(all.forms).toBeGreaterThan(0);
    expect(all.bytes).toBeLessThanOrEqual(4.5 * MIB);
    for (const cookie of cookies)
      expect((await kept(sessionOf(cookie))).bytes).toBeLessThanOrEqual(1.5 * MIB);
  });

  it('one pushes out no form of another', async () => {
    const [own, stolen] = await endedSessions(2);
    await posts(own!, '第二営業部');
    await running.clock.advance('1 second');
    await Promise.all(times(8, [stolen!]).map((cookie) => postsFile(cookie)));
    await Promise.all(times(60, [stolen!]).map((cookie) => posts(cookie)));
    expect(await kept(sessionOf(own!))).toMatchObject({ forms: 1 });
    expect((await kept(sessionOf(stolen!))).forms).toBeLessThanOrEqual(5);
  });

  it('ten of one are kept in an hour, and the page does not promise more', async () => {
    const [own, stolen] = await endedSessions(2);
    const answers = await Promise.all(times(11, [stolen!]).map((cookie) => posts(cookie)));
    const kept = answers.filter(({ headers }) => headers.location?.includes('resume'));
    expect(kept).toHaveLength(10);
    expect((await posts(own!)).headers.location).toContain('resume');
    await running.clock.advance('61 minutes');
    expect((await posts(stolen!)).headers.location).toContain('resume');
  });

  it('forms of others stay where they are', async () => {
    const person = await signedIn(running, company.tanaka);
    await person.opens('/me/profile');
    person.fills('部署', '第三営業部');
    await running.clock.advance('30 minutes');
    await person.presses('変更する');
    const cookies = await endedSessions(4);
    await Promise.all(times(4, cookies).map((cookie) => posts(cookie)));
    person.fills('ID', company.tanaka.loginId);
    person.fills('パスワード', company.tanaka.password);
    await person.presses('ログイン');
    expect(person.page.field('部署').getAttribute('value')).toBe('第三営業部');
  });

  it('a form that is longer than any honest one is not kept, which nothing promises', async () => {
    const [cookie] = await endedSessions(1);
    const answer = await postsFile(cookie!, '\u0001'.repeat(200_000));
    const person = running.visitor();
    person.jar.keep(answer.headers);
    await person.opens(answer.headers.location!);
    expect(person.page.text).toContain('お預かりもしていません');
    const { forms, bytes } = await kept();
    expect([forms, bytes < 1000]).toEqual([1, true]);
  });
});

it('ten lists of one administrator wait to be invited', async () => {
  const person = await signedIn(running, company.sato);
  const lists = Array.from({ length: 13 }, () => listOf(2).text);
  for (const people of lists) await person.sends('POST', IMPORT, { fields: { people } });
  const { rows } = await running.pool.query(
    `select from flows where kind = 'invitation-import' and entries->>'accountId' = $1`,
    [company.sato.id],
  );
  expect(rows).toHaveLength(10);
});
