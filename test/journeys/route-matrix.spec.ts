import { ownPath } from '../../src/web/own-path.js';
import { startApp, type RunningApp } from '../support/app.js';
import {
  absent,
  asks,
  companyOf,
  namesObjects,
  PARTIAL,
  routesOf,
  storedOf,
  told,
  type Company,
} from '../support/route-walk.js';
import { isOfDesk, type Route } from '../support/route.js';
import { routes } from '../support/routes.js';

/** What may be read without signing in; nothing joins this list by accident. */
const PUBLIC = [
  /^GET \/\.well-known\/change-password$/,
  /^GET \/(?:help(?:\/:name)?|meisai\/initiate|contact(?:\/sent)?)$/,
  /^POST \/contact$/,
  /^(?:GET|POST) \/(?:login(?:\/second-factor)?|ip-restriction\/access)$/,
  /^GET \/ip-restriction\/access\/request$/,
  /^POST \/(?:logout|language)$/,
  /^GET \/(?:confirmation|login\/closed)$/,
  /^(?:GET|POST) \/lost-factor(?:$|\/(?!running))/,
  /^(?:GET|POST) \/(?:session|\*path)$/,
  /^(?:GET|POST) \/admin-enrollment(?:$|\/(?!cases))/,
  /^(?:GET|POST) \/(?:initiate|password-reset|activation|invitation|email-change|sign-in-report|second-factor-report)(?:\/|$)/,
];

/** The administrators' pages that a newcomer may use; nothing joins this list by accident. */
const OPEN_TO_NEWCOMERS = [
  'GET /accounts',
  'GET /accounts/deletion',
  'POST /accounts/deletion',
  'GET /accounts/deletion/completed',
  'GET /accounts/:id/suspension',
  'POST /accounts/:id/suspension',
  'GET /accounts/handover',
];
const CLOSED = 'このページは、まだご利用いただけません';

let running: RunningApp;
let sakura: Company;
let aoba: Company;
let areFresh = false;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const isPublic = (name: string) => PUBLIC.some((pattern) => pattern.test(name));
const all = Object.entries(routes);
/** The desk's have a spec of their own. */
const ofCustomers = all.filter(([, route]) => !isOfDesk(route));
const names = ([name]: [string, Route]) => name;

it('knows every route of the application, and no other', () => {
  expect(routesOf(running).sort()).toEqual(all.map(names).sort());
});

it('leads nobody to a path that only takes forms', () => {
  const known = routesOf(running);
  const sentTo = known.filter((name) => name.startsWith('POST ')).map((name) => name.slice(5));
  const isPage = (path: string) => known.includes(`GET ${path}`);
  const onlySentTo = sentTo.filter((path) => !path.includes('*') && !isPage(path));
  expect(onlySentTo).toContain('/logout');
  for (const path of onlySentTo)
    for (const written of [path, `${path}/`, `${path.toUpperCase()}?a=b`, `/help/..${path}`])
      expect([written, ownPath(written)]).toEqual([written, '/']);
});

it('has a closed list of public routes', () => {
  expect(ofCustomers.filter(([, { access }]) => access === 'public').map(names)).toEqual(
    ofCustomers.map(names).filter(isPublic),
  );
});

describe.each(ofCustomers)('%s', (name, route) => {
  // A GET leaves everything as it is: the next route finds the same companies.
  beforeAll(async () => {
    if (areFresh) return;
    sakura = await companyOf(running);
    aoba = await companyOf(running);
    areFresh = true;
  });
  afterAll(() => {
    areFresh &&= name.startsWith('GET ');
  });

  it('asks visitors to sign in, unless it is public', async () => {
    const answer = await asks(running.visitor(), name, route, sakura.own);
    const partial = await asks(running.visitor(), name, route, sakura.own, PARTIAL);
    const isLedAway = answer.headers.location?.startsWith('/login?next=') ?? false;
    const asked = route.access !== 'public';
    expect([isLedAway, partial.status === 401]).toEqual([asked, asked]);
    expect(answer.status).toBeLessThan(500);
  });

  it('refuses staff where it is for administrators', async () => {
    for (const objects of [sakura.own, aoba.own, absent]) {
      const { status } = await asks(sakura.staff, name, route, objects);
      if (route.access === 'administrators') expect(status).toBe(403);
      else expect(status).toBeLessThan(500);
    }
  });

  it('is closed to newcomers where it is for administrators, but for a closed list', async () => {
    const { status, text } = await asks(sakura.newcomer, name, route, sakura.own);
    const isClosed = route.access === 'administrators' && !OPEN_TO_NEWCOMERS.includes(name);
    expect([status === 403, text.includes(CLOSED)]).toEqual([isClosed, isClosed]);
    expect(status).toBeLessThan(500);
  });

  if (namesObjects(route))
    it("answers an administrator about another company's as about nothing, and changes nothing of it", async () => {
      const before = await storedOf(running, aoba.corporation);
      for (const who of [sakura.administrator, sakura.staff])
        for (const headers of [{}, PARTIAL]) {
          const foreign = await asks(who, name, route, aoba.own, headers);
          const nothing = await asks(who, name, route, absent, headers);
          expect(told(foreign)).toBe(told(nothing));
          expect(foreign.text).not.toContain(aoba.corporation.name);
        }
      expect(await storedOf(running, aoba.corporation)).toEqual(before);
    });

  it('fails for nobody, whatever stands where an id should', async () => {
    for (const id of ['x', "'", '\0', '神', 'A'.repeat(300)]) {
      const objects = Object.fromEntries(Object.keys(absent).map((kind) => [kind, id]));
      const { status } = await asks(sakura.administrator, name, route, objects);
      expect([id, status < 500]).toEqual([id, true]);
    }
  });

  it('is there for an administrator', async () => {
    const { status } = await asks(sakura.administrator, name, route, sakura.own);
    expect(status).toBeLessThan(500);
    expect(status).not.toBe(403);
    if (route.access !== 'public') expect(status).not.toBe(404);
  });
});
