import { startApp, type RunningApp } from '../../support/app.js';
import { Visitor } from '../../support/browser.js';
import { CookieJar } from '../../support/cookie-jar.js';
import { deskPersonExists, signsInAtDesk, type DeskPerson } from '../../support/desk.js';
import type { Member } from '../../support/people.js';
import { office } from '../../support/invitation.js';
import { signsIn } from '../../support/registration.js';
import { asks } from '../../support/route-walk.js';
import { isOfDesk } from '../../support/route.js';
import { routes } from '../../support/routes.js';
import { contentOf, filesBelow } from '../../support/sentences.js';

let running: RunningApp;
let tamura: DeskPerson;
let customer: Visitor;
let sato: Member;
beforeAll(async () => {
  running = await startApp();
  tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
  ({ person: customer, sato } = await office(running));
});
afterAll(() => running.stop());

const valueOf = (who: Visitor, name: string) => who.jar.cookies.get(name)?.value;

const count = async (table: string): Promise<number> => {
  const { rows } = await running.pool.query<{ n: number }>(
    `select count(*)::int as n from ${table}`,
  );
  return rows[0]!.n;
};

async function atDesk(): Promise<Visitor> {
  const person = running.visitor();
  await signsInAtDesk(person, tamura);
  return person;
}

describe('over HTTP', () => {
  it("takes a customer's cookie for nothing at the desk, and the reverse", async () => {
    const lead = await atDesk();
    const desk = valueOf(lead, 'desk-session')!;
    const session = valueOf(customer, 'session')!;
    for (const [path, cookies] of [
      ['/desk', `desk-session=${session}`],
      ['/desk', `session=${session}`],
      ['/desk', `session=${desk}`],
    ] as const) {
      const { headers } = await lead.sends('GET', path, { headers: { cookie: cookies } });
      expect(headers.location).toBe('/desk/login?next=%2Fdesk');
    }
    const { headers } = await lead.sends('GET', '/me', { headers: { cookie: `session=${desk}` } });
    expect(headers.location).toBe('/login?next=%2Fme');
    const other = await lead.sends('GET', '/me', { headers: { cookie: `desk-session=${desk}` } });
    expect(other.headers.location).toBe('/login?next=%2Fme');
  });

  it('reads its own cookie in each area when a browser has both', async () => {
    const both = new Visitor(running.url, { address: '10.9.9.9' }, new CookieJar());
    await signsInAtDesk(both, tamura);
    await signsIn(both, sato);
    expect((await both.opens('/me')).text).toContain('佐藤 花子');
    expect(both.page.text).not.toContain('田村');
    await both.opens('/desk');
    expect(both.page.text).toContain('田村');
    expect(both.page.text).not.toContain('佐藤');
    await both.presses('ログアウト');
    expect((await both.opens('/me')).path).toBe('/me');
    await signsInAtDesk(both, tamura);
    await both.opens('/me');
    await both.presses('ログアウト');
    expect((await both.opens('/desk')).path).toBe('/desk');
  });

  it("opens no customer's session on any route of the desk", async () => {
    const lead = await atDesk();
    const before = await count('sessions');
    for (const [name, route] of Object.entries(routes)) {
      if (!isOfDesk(route) || name === 'POST /desk/logout') continue;
      await asks(lead, name, route, { operator: valueOf(customer, 'session')! });
    }
    expect(await count('sessions')).toBe(before);
    expect(valueOf(lead, 'session')).toBeUndefined();
  });

  it("lets a customer's sign-in open nothing at the desk, and the reverse", async () => {
    const [sessions, ofDesk] = [await count('sessions'), await count('operator_sessions')];
    const stranger = running.visitor();
    const { loginId, password } = tamura;
    const fields = { loginId, password, next: '/' };
    expect((await stranger.sends('POST', '/login', { fields })).status).toBe(422);
    const own = { loginId: sato.loginId, password: sato.password };
    const refused = await stranger.sends('POST', '/desk/login', { fields: own });
    expect(refused.status).toBe(422);
    expect([await count('sessions'), await count('operator_sessions')]).toEqual([sessions, ofDesk]);
  });
});

describe('in the sources', () => {
  const sources = filesBelow('src', '.ts').filter((file) => !file.includes('/migrations/'));
  const writersOf = (pattern: RegExp) => sources.filter((file) => pattern.test(contentOf(file)));

  it('sessions of customers are opened by the ways in that prove a customer, and nothing else', () => {
    expect(
      writersOf(
        /insert into sessions\b|insertInto\('sessions'\)|(?:insert|insertMany|create|upsert)\(Session\b/,
      ),
    ).toEqual(['src/auth/sessions/narrow-session.ts', 'src/auth/sign-in/sign-in.ts']);
    expect(writersOf(/\bopenNarrowSession\(/)).toEqual([
      'src/auth/lost-factor/enrolments.ts',
      'src/auth/sessions/narrow-session.ts',
      'src/ip-restriction/tickets/emergency-lane.ts',
    ]);
  });

  it('sessions of the desk are opened by its sign-in alone', () => {
    expect(
      writersOf(
        /insert into operator_sessions|insertInto\('operator_sessions'\)|insert\w*\(OperatorSession\b|create\(OperatorSession\b/,
      ),
    ).toEqual(['src/desk/sign-in/desk-sign-in.ts']);
  });

  it('the desk reaches neither the sessions nor the sign-in of customers', () => {
    const customers =
      /auth\/(?:sessions\/(?:sessions|me)|sign-in\/(?:sign-in|pending-sign-ins|devices|credentials)|lost-factor\/enrolments)\.js/;
    const wrong = filesBelow('src/desk', '.ts').filter((file) => customers.test(contentOf(file)));
    expect(wrong).toEqual([]);
  });

  it('each cookie of a session is written by one class', () => {
    for (const name of ['session', 'desk-session'])
      expect(writersOf(new RegExp(`(?:new Cookie|Cookie\\.opener)\\('${name}'`))).toHaveLength(1);
  });
});
