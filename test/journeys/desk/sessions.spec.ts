import { startApp, type RunningApp } from '../../support/app.js';
import { deskPersonExists, signsInAtDesk, type DeskPerson } from '../../support/desk.js';

const OVER = 'この端末からは、すでにログアウトしています。';

let running: RunningApp;
let tamura: DeskPerson;
let nakai: DeskPerson;
beforeAll(async () => {
  running = await startApp();
  tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
  nakai = await deskPersonExists(running, { loginId: 'nakai', name: '中井' });
});
afterAll(() => running.stop());

async function signedIn(known: DeskPerson = tamura) {
  const person = running.visitor();
  await signsInAtDesk(person, known);
  return person;
}

it('ends after 15 minutes without a request, and not before', async () => {
  const person = await signedIn();
  await running.clock.advance('14 minutes');
  expect((await person.opens('/desk')).path).toBe('/desk');
  await running.clock.advance('14 minutes');
  expect((await person.opens('/desk')).path).toBe('/desk');
  await running.clock.advance('15 minutes 1 second');
  await person.opens('/desk');
  expect(person.page.path).toMatch(/^\/desk\/login/);
  expect(person.page.text).toContain('15分操作がなかったため');
});

it('ends 8 hours after the sign-in, however often it is used', async () => {
  const person = await signedIn();
  for (let past = 0; past < 8 * 60 - 10; past += 10) {
    await running.clock.advance('10 minutes');
    await person.opens('/desk');
  }
  expect(person.page.path).toBe('/desk');
  await running.clock.advance('10 minutes');
  await person.opens('/desk');
  expect(person.page.path).toMatch(/^\/desk\/login/);
  expect(person.page.text).toContain('8時間が過ぎたため');
});

it('says how long it lasts without going on, and goes on when that is asked', async () => {
  const person = await signedIn();
  const left = async (method: string) =>
    JSON.parse((await person.sends(method, '/desk/session')).text) as {
      secondsLeft: number;
      canGoOn: boolean;
    };
  await running.clock.advance('5 minutes');
  expect((await left('GET')).secondsLeft).toBeLessThanOrEqual(10 * 60);
  expect((await left('GET')).secondsLeft).toBeGreaterThan(9 * 60);
  expect((await left('POST')).secondsLeft).toBeGreaterThan(14 * 60);
  const { text } = await person.sends('GET', '/desk');
  expect(text).toContain('data-gk-asked-at="/desk/session"');
});

it('keeps a form that came too late for the same person', async () => {
  const person = await signedIn();
  await running.clock.advance('1 minute');
  await person.opens('/desk/operators/new');
  person.fills('氏名', '三浦');
  person.fills('ログインID', 'miura');
  person.fills('理由', '増員');
  await running.clock.advance('20 minutes');
  await person.presses('追加してメールを送る');
  expect(person.page.path).toMatch(/^\/desk\/login/);
  person.fills('ID', tamura.loginId);
  person.fills('パスワード', tamura.password);
  await person.presses('ログイン');
  person.fills('確認コード', await tamura.app.nextCode());
  await person.presses('ログイン');
  expect(person.page.path).toMatch(/^\/desk\/operators\/new/);
  expect(person.page.content('[name=loginId]').getAttribute('value')).toBe('miura');
});

it('asks for the factor again after five minutes, where it matters, and comes back', async () => {
  const person = await signedIn();
  await running.clock.advance('6 minutes');
  await person.opens('/desk/me/second-factor/app');
  expect(person.page.path).toMatch(/^\/desk\/confirmation/);
  const before = person.jar.cookies.get('desk-session')?.value;
  person.fills('確認コード', await tamura.app.nextCode());
  await person.presses('操作を続ける');
  expect(person.page.path).toBe('/desk/me/second-factor/app');
  expect(person.jar.cookies.get('desk-session')?.value).not.toBe(before);
});

it('keeps no code that came too late', async () => {
  const person = await signedIn();
  await running.clock.advance('6 minutes');
  await person.opens('/desk/me/second-factor/app');
  const late = await tamura.app.nextCode();
  person.fills('確認コード', late);
  await running.clock.advance('20 minutes');
  await person.presses('操作を続ける');
  expect(person.page.path).toMatch(/^\/desk\/login/);
  person.fills('ID', tamura.loginId);
  person.fills('パスワード', tamura.password);
  await person.presses('ログイン');
  person.fills('確認コード', await tamura.app.nextCode());
  await person.presses('ログイン');
  expect(person.page.path).toMatch(/^\/desk\/confirmation/);
  expect(person.page.html).not.toContain(late);
});

it('ends other sessions from the own page, and forgets the own one at the sign-out', async () => {
  const [one, other] = [await signedIn(nakai), await signedIn(nakai)];
  await other.opens('/desk/me');
  await other.presses('ほかの端末からログアウト');
  expect((await one.opens('/desk')).path).toMatch(/^\/desk\/login/);
  for (const [fields, notice] of [
    [{ act: 'end-others' }, 'ほかの端末では、ログインしていません。'],
    [{ sessionId: one.jar.cookies.get('desk-session')!.value.split('.')[0]! }, OVER],
    [{ sessionId: 'x' }, OVER],
  ] as const) {
    await other.sends('POST', '/desk/me', { fields });
    expect((await other.opens('/desk/me')).notice).toBe(notice);
  }
  const { rows } = await running.pool.query<{ count: number }>(
    `select (facts ->> 'count')::int as count from audit_entries where act = 'desk-sessions-ended'`,
  );
  expect(rows).toEqual([{ count: 1 }]);
  const cookie = other.jar.cookies.get('desk-session')!.value;
  await other.presses('ログアウト');
  const again = await other.sends('GET', '/desk', {
    headers: { cookie: `desk-session=${cookie}` },
  });
  expect(again.headers.location).toContain('/desk/login');
});

it('reads the role on each request', async () => {
  const person = await signedIn(nakai);
  expect((await person.opens('/desk/operators')).status).toBe(403);
  await running.pool.query(`update operators set role = 'lead' where login_id_key = 'nakai'`);
  expect((await person.opens('/desk/operators')).status).toBe(200);
  await running.pool.query(`update operators set role = 'clerk' where login_id_key = 'nakai'`);
  expect((await person.opens('/desk/operators')).status).toBe(403);
});
