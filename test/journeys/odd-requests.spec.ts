import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Answer } from '../support/http.js';
import { companyOf, PARTIAL, type Company } from '../support/route-walk.js';
import type { Route } from '../support/route.js';
import { routes } from '../support/routes.js';

const LONG = '長'.repeat(6_000);
const IDS = ['%00', '%ff', '%F0%9D%84%9E', '..%2f..', '__proto__', "'--", '1'.repeat(300)];
const TEXTS = ['', '\0', '__proto__', '-1', '1e999', '9'.repeat(40), '\u{10FFFF}\u202E\uFFFE'];
/** Names of fields that no form has, and how often each comes. */
const NAMES = [
  'accountId[]',
  'entries[0][x]',
  'entries[999][network]',
  'entries[0][__proto__]',
  '__proto__',
  'constructor[prototype][x]',
  'formId',
  'flow',
  'page',
  'act',
  'currentPassword',
];

let running: RunningApp;
let company: Company;
let areSame = false;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

describe.each(Object.entries(routes))('%s, asked oddly', (name, route) => {
  beforeAll(async () => {
    if (!areSame) company = await companyOf(running);
  });
  afterAll(() => {
    areSame = name.startsWith('GET ');
  });

  it('answers without failing, and nothing that a cache keeps', async () => {
    const person = company.administrator;
    for (const fields of oddFields(route)) {
      const answer = await asks(person, name, pathOf(name, route), fields);
      expect([answer.status < 500, JSON.stringify(fields).slice(0, 200)]).toContain(true);
    }
    for (const id of IDS) {
      const answer = await asks(person, name, pathOf(name, route, id), filled(route));
      expect([answer.status < 500, id]).toContain(true);
      if (route.access !== 'public') expect(answer.headers['cache-control']).toBe('no-store');
    }
  });
});

it.each(['PUT', 'PATCH', 'DELETE', 'TRACE'])('knows no %s', async (method) => {
  for (const path of ['/accounts', '/me', '/ip-restriction/draft', '/admin-enrollment/cases'])
    expect((await running.visitor().sends(method, path)).status).toBe(405);
});

it.each([
  ['GET', '/logout'],
  ['HEAD', '/language'],
  ['POST', '/help'],
  ['GET', '/desk/logout'],
] as const)('answers %s %s as a page that knows another method', async (method, path) => {
  const answer = await running.visitor().sends(method, path);
  expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
});

type Fields = [string, string][];

function filled({ fields }: Route): Fields {
  return Object.entries(fields).map(([field, text]) => [field, meant(text)]);
}

function oddFields(route: Route): Fields[] {
  const usual = filled(route);
  return [
    ...NAMES.map((name): Fields => [...usual, [name, 'x']]),
    NAMES.flatMap((name): Fields => [
      [name, 'x'],
      [name, 'y'],
    ]),
    ...usual.flatMap(([name]) =>
      [...TEXTS, LONG].map((text) =>
        usual.map(([each, value]): [string, string] => [each, each === name ? text : value]),
      ),
    ),
    Array.from({ length: 250 }, (_, place): [string, string] => [`accountId`, String(place)]),
  ];
}

function meant(text: string): string {
  return text.startsWith('@') ? company.own[text.slice(1)]! : text;
}

function pathOf(name: string, { params }: Route, id?: string): string {
  return name.split(' ')[1]!.replace(/:(\w+)/g, (_, param: string) => id ?? meant(params[param]!));
}

let asked = 0;

/** Each from another network: failures of one network are answered late. */
function asks(person: Visitor, name: string, path: string, fields: Fields): Promise<Answer> {
  const body = new URLSearchParams(fields);
  asked += 1;
  const from = { 'x-forwarded-for': `10.${asked >> 8}.${asked & 255}.7` };
  if (name.startsWith('POST '))
    return person.sends('POST', path, {
      fields: body as unknown as Record<string, string>,
      headers: { ...PARTIAL, ...from },
    });
  const query = body.toString();
  return person.sends('GET', query.length < 8_000 ? `${path}?${query}` : path, { headers: from });
}
