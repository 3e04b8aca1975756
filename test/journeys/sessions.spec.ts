import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation, Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';

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

/** Somebody of the company who just signed in. */
async function signedIn(): Promise<{ person: Visitor; member: Member }> {
  people += 1;
  const member = await running.people.staffExists({
    corporation: sakura,
    loginId: `suzuki-${people}`,
    name: '鈴木 次郎',
  });
  const person = running.visitor();
  await signsIn(person, member);
  return { person, member };
}

/** From a login page that was opened before somebody signed in. */
const signsInAgain = (person: Visitor, { loginId, password }: Member) =>
  person.sends('POST', '/login', { fields: { loginId, password } });

const sessionOf = (person: Visitor) => person.jar.cookies.get('session')!.value;

async function isSignedIn(person: Visitor): Promise<boolean> {
  const top = await person.sends('GET', '/');
  expect([200, 303]).toContain(top.status);
  return top.status === 200;
}

describe('a session', () => {
  it('ends 30 minutes after the last request', async () => {
    const { person } = await signedIn();
    for (let times = 0; times < 3; times += 1) {
      await running.clock.advance('29 minutes 59 seconds');
      expect(await isSignedIn(person)).toBe(true);
    }
    await running.clock.advance('30 minutes');
    expect(await isSignedIn(person)).toBe(false);
  });

  it('counts the 30 minutes from the last request, not from one in the minute before', async () => {
    const { person } = await signedIn();
    await running.clock.advance('50 seconds');
    expect(await isSignedIn(person)).toBe(true);
    await running.clock.advance('29 minutes 50 seconds');
    expect(await isSignedIn(person)).toBe(true);
  });

  it('ends 12 hours after the sign-in, however busy somebody is', async () => {
    const { person } = await signedIn();
    for (let times = 0; times < 35; times += 1) {
      await running.clock.advance('20 minutes');
      expect(await isSignedIn(person)).toBe(true);
    }
    await running.clock.advance('19 minutes 59 seconds');
    expect(await isSignedIn(person)).toBe(true);
    await running.clock.advance('1 second');
    expect(await isSignedIn(person)).toBe(false);
  });

  it('is a cookie that no script reads and no other site sends', async () => {
    const { person } = await signedIn();
    expect(person.jar.cookies.get('session')!.attributes).toBe('path=/; httponly; samesite=lax');
    expect(person.jar.cookies.get('device')!.attributes).toMatch(
      /^max-age=2592000; path=\/; expires=[^;]+; httponly; samesite=lax$/,
    );
  });

  it('gets a new id at each sign-in, and the former one is dead', async () => {
    const { person, member } = await signedIn();
    const former = sessionOf(person);
    await signsInAgain(person, member);
    expect(sessionOf(person)).not.toBe(former);
    expect(await isSignedIn(withCookies({ session: former }))).toBe(false);
    expect(await isSignedIn(person)).toBe(true);
  });

  it('never takes over an id that somebody else chose', async () => {
    const { person: other } = await signedIn();
    const victim = withCookies({ session: sessionOf(other) });
    await signsInAgain(victim, sato);
    expect(sessionOf(victim)).not.toBe(sessionOf(other));
    expect(await isSignedIn(other)).toBe(false);
    expect((await victim.opens('/')).header).toContain('佐藤 花子 様');
  });

  it('ends with the sign-out, and only that one', async () => {
    const { person, member } = await signedIn();
    const elsewhere = running.visitor();
    await signsIn(elsewhere, member);
    const former = sessionOf(person);
    await person.opens('/');
    await person.presses('ログアウト');
    expect(person.posted!.status).toBe(303);
    expect(person.posted!.headers.location).toBe('/login');
    expect(person.posted!.headers['clear-site-data']).toContain('"cache"');
    expect(person.jar.cookies.has('session')).toBe(false);
    expect(await isSignedIn(withCookies({ session: former }))).toBe(false);
    expect(await isSignedIn(elsewhere)).toBe(true);
  });

  it.each(['suspended', 'deleted'])('is worth nothing once the account is %s', async (state) => {
    const { person, member } = await signedIn();
    await running.pool.query('update accounts set state = $2 where id = $1', [member.id, state]);
    expect(await isSignedIn(person)).toBe(false);
  });

  it('survives a restart', async () => {
    const { person } = await signedIn();
    await running.restart();
    expect(await isSignedIn(person)).toBe(true);
  });

  it('leads past the login page', async () => {
    const { person } = await signedIn();
    expect((await person.sends('GET', '/login?next=%2Fhelp')).headers.location).toBe('/help');
    expect((await person.sends('GET', '/login?next=%2F%2Fevil')).headers.location).toBe('/');
  });

  it('shows the rights as they are now', async () => {
    const { person, member } = await signedIn();
    expect((await person.opens('/')).header).toContain('担当者');
    await running.pool.query(`update accounts set role = 'administrator' where id = $1`, [
      member.id,
    ]);
    expect((await person.opens('/')).header).toContain('管理者');
  });
});

describe('without a session', () => {
  const id = '00000000-0000-4000-8000-000000000000';
  const garbage = [
    '',
    'x',
    '%',
    '"',
    `${id}.${'A'.repeat(43)}`,
    `${id}.short`,
    'é',
    'A'.repeat(4000),
  ];

  it.each(garbage)('the cookie %p means nobody', async (session) => {
    for (const name of ['session', 'device', 'flow', 'notice', 'activation', 'language']) {
      const person = withCookies({ [name]: session });
      expect(await isSignedIn(person)).toBe(false);
      expect((await person.sends('GET', '/login')).status).toBe(200);
    }
  });

  it('a broken Cookie header is no fault', async () => {
    for (const cookie of ['=;=;', ';;;', 'session', 'session==; session=x', 'a=b,c=d; \x80=1'])
      expect((await running.visitor().sends('GET', '/login', { headers: { cookie } })).status).toBe(
        200,
      );
  });

  it('a page leads to the sign-in and back to itself', async () => {
    const answer = await running.visitor().sends('GET', '/?page=2');
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/login?next=%2F%3Fpage%3D2');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('a fragment is refused with the address to go to', async () => {
    const headers = { 'hx-request': 'true', 'hx-request-type': 'partial' };
    const answer = await running.visitor().sends('GET', '/', { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers['hx-redirect']).toBe('/login?next=%2F');
    expect(answer.text).toBe('');
  });
});

function withCookies(cookies: Record<string, string>): Visitor {
  const person = running.visitor();
  for (const [name, value] of Object.entries(cookies))
    person.jar.cookies.set(name, { value, attributes: '' });
  return person;
}
