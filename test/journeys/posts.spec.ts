import { once } from 'node:events';
import { connect } from 'node:net';
import { startApp, type RunningApp } from '../support/app.js';
import { send } from '../support/http.js';
import { signsIn } from '../support/registration.js';

const FORMS = ['/login', '/initiate/numbers', '/initiate/details', '/activation', '/language'];
const FORM = 'application/x-www-form-urlencoded';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
  await running.people.administratorExists({
    corporation: await running.people.corporationExists({
      corporateNumber: '1234567',
      name: '株式会社さくら',
    }),
    loginId: 'sato',
    name: '佐藤 花子',
  });
});
afterAll(() => running.stop());

/** A request as a script writes it: no header but those given, and the address. */
function post(path: string, body: string | undefined, headers: Record<string, string | undefined>) {
  return send(new URL(path, running.url), {
    method: 'POST',
    body,
    headers: { 'x-forwarded-for': '198.51.100.1', ...headers },
  });
}

const own = { 'sec-fetch-site': 'same-origin', 'content-type': FORM };
const right = 'loginId=sato&password=sakura-2026-mochi';

describe('a body', () => {
  it.each([
    ['a repeated field', 'loginId=sato&loginId=sato&password=sakura-2026-mochi'],
    ['a field that no form has, twice', `${right}&a=1&a=2`],
    ['brackets', `${right}&a[]=1`],
    ['an object', `${right}&a[b]=1`],
    ['encoded brackets', `${right}&a%5B%5D=1`],
    ['a NUL', 'loginId=sa%00to&password=sakura-2026-mochi'],
  ])('with %s is refused in every form that has no such fields', async (_, body) => {
    // The choice of the language comes with the fields of any form.
    for (const path of FORMS.filter((form) => form !== '/language' || body.includes('%00'))) {
      const answer = await post(path, body, own);
      expect([path, answer.status]).toEqual([path, 400]);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  it('of JSON is refused with 400, of other types with 415', async () => {
    const json = JSON.stringify({ loginId: 'sato', password: 'sakura-2026-mochi' });
    const types = [
      ['application/json', 400],
      ['text/plain', 415],
      ['multipart/form-data; boundary=x', 415],
      ['application/xml', 415],
      [`${FORM}; charset=shift_jis`, 415],
      ['', 415],
    ] as const;
    for (const path of FORMS)
      for (const [type, status] of types) {
        const answer = await post(path, json, { ...own, 'content-type': type });
        expect([path, type, answer.status]).toEqual([path, type, status]);
      }
  });

  it('of more than 64 KB is refused with 413, of 64 KB is read', async () => {
    const body = `${right}&x=`;
    const full = body.padEnd(64 * 1024, 'x');
    expect((await post('/login', full, own)).status).toBe(303);
    const refused = await post('/login', `${full}x`, own);
    expect(refused.status).toBe(413);
    expect(refused.text).toContain('送信された内容が大きすぎます');
    expect(refused.text).toContain('ブラウザーの「戻る」で入力のページに戻って');
    expect(refused.text).toContain('href="/login">空のページから入力し直す</a>');
  });

  it('of more than 64 KB is refused before the rest of it has come', async () => {
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
    const head = [
      'POST /login HTTP/1.1',
      'Host: localhost',
      'X-Forwarded-For: 198.51.100.1',
      'Sec-Fetch-Site: same-origin',
      `Content-Type: ${FORM}`,
      'Content-Length: 50000000',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${'x'.repeat(65 * 1024)}`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString('latin1', 0, 12)).toBe('HTTP/1.1 413');
  });

  it('of more fields than any form has is refused', async () => {
    const body = Array.from({ length: 1001 }, (_, index) => `f${index}=1`).join('&');
    expect((await post('/login', body, own)).status).toBe(413);
  });

  it('may be missing', async () => {
    const { 'content-type': _, ...headers } = own;
    expect((await post('/logout', undefined, headers)).status).toBe(303);
    expect((await post('/logout', undefined, { ...headers, 'content-length': '0' })).status).toBe(
      303,
    );
  });

  it('of names like __proto__ changes nothing', async () => {
    const body = `${right}&__proto__=x&constructor=y&toString=z`;
    expect((await post('/login', body, own)).status).toBe(303);
    expect((await post('/login', 'hasOwnProperty=1', own)).status).toBe(422);
  });
});

describe('a POST from elsewhere', () => {
  const foreign: [string, Record<string, string>][] = [
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['another site that claims our origin', { 'sec-fetch-site': 'cross-site', origin: 'OWN' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['our host on another port', { origin: 'http://localhost:1' }],
    ['no origin', { origin: 'null' }],
    ['a script without either header', {}],
    [
      'a script that only claims to be HTMX',
      { 'hx-request': 'true', 'hx-request-type': 'partial' },
    ],
  ];

  it.each(foreign)('from %s is refused, signing in and out included', async (_, given) => {
    const person = running.visitor();
    await signsIn(person, { loginId: 'sato', password: 'sakura-2026-mochi' });
    const headers = { ...given, ...(given.origin === 'OWN' && { origin: running.url }) };
    for (const path of ['/login', '/logout', ...FORMS, '/initiate/confirmation', '/nowhere']) {
      const cookie = person.jar.header;
      const answer = await post(path, right, { 'content-type': FORM, ...headers, cookie });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect((await person.opens('/')).status).toBe(200);
  });

  it('from our own pages passes, by either header', async () => {
    for (const headers of [own, { 'content-type': FORM, origin: running.url }])
      expect((await post('/login', right, headers)).status).toBe(303);
  });
});

describe('a method', () => {
  it('finds no page where there is none', async () => {
    expect((await post('/nowhere', 'a=1', own)).status).toBe(404);
    expect((await running.visitor().sends('GET', '/nowhere')).status).toBe(404);
  });

  it.each(['DELETE', 'PUT', 'PATCH'])('%s is refused with 405 on every page', async (method) => {
    for (const path of [
      '/',
      '/login',
      '/initiate',
      '/initiate/numbers',
      '/help',
      '/activation/x',
    ]) {
      const answer = await running.visitor().sends(method, path, { fields: { a: '1' } });
      expect([path, answer.status]).toEqual([path, 405]);
      expect(answer.headers.allow).toContain('GET');
    }
  });

  it('HEAD answers like GET, without the page', async () => {
    const answer = await running.visitor().sends('HEAD', '/login');
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('');
  });

  it('TRACE, OPTIONS and inventions are unknown', async () => {
    for (const method of ['TRACE', 'OPTIONS', 'PROPFIND']) {
      const answer = await running.visitor().sends(method, '/login');
      expect(answer.status).toBe(405);
      expect(answer.text).not.toContain('パスワード');
    }
  });
});
