import { startApp, type RunningApp } from '../support/app.js';
import { workOf } from '../support/work.js';

const PARTIAL = { 'hx-request': 'true', 'hx-request-type': 'partial' };

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function asked(path: string, asking: Record<string, string>, method = 'GET') {
  const answer = await running.visitor().sends(method, path, { headers: asking });
  // Other in each answer.
  const headers = { ...answer.headers, 'x-request-id': '', date: '' };
  const number = answer.headers['x-request-id'] as string;
  const text = answer.text.replaceAll(number, 'NUMBER').replaceAll(/<time.*?<\/time>/g, 'TIME');
  return { ...answer, number, own: [answer.status, headers, text] };
}

/** Whoever brings one goes the long way: guards look it up. */
const UNREAL = { cookie: 'session=unreal' };

it.each<[string, Record<string, string>]>([
  ['/wp-login.php', {}],
  ['/wp-login.php', PARTIAL],
  ['/wp-login.php', { 'accept-language': 'en' }],
  ['/me/Second-factor/x?a=<b>&c="d"&e=\'f\'', {}],
  ['/%E3%81%82/%22%3E?q=%E3%81%82$&', {}],
  ['/unknown//other.example/', {}],
  ['/constructor', {}],
  ['/gk-blank-time?gk-blank-url', {}],
])(
  'the page for an unknown path is the same for strangers, who get it drawn already: %s %o',
  async (path, headers) => {
    await asked(path, headers);
    expect((await workOf(() => asked(path, headers))).drawings).toBe(0);
    const plain = await asked(path, headers);
    const routed = await asked(path, { ...headers, ...UNREAL });
    expect(plain.own).toEqual(routed.own);
    expect(plain.status).toBe(404);
    expect(plain.text.split(plain.number)).toHaveLength(3);
    expect(plain.text).toContain('<time datetime="');
    const head = await asked(path, headers, 'HEAD');
    expect([head.status, head.text]).toEqual([404, '']);
  },
);

it.each([
  ['/desk/unknown', 404],
  ['/logout', 405],
  ['/LOGOUT', 404],
  ['/HELP/', 200],
  ['/accounts/nobody', 303],
  ['/%E0%A4%A', 400],
  ['/unknown?cookies=set', 303],
])('%s is left to the routes', async (path, status) => {
  expect((await asked(path, {})).status).toBe(status);
});
