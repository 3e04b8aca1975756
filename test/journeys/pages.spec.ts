import { gzipSync } from 'node:zlib';
import { startApp, type RunningApp } from '../support/app.js';

const THREE = 'HX-Request, HX-Request-Type, HX-History-Restore-Request';
const PARTIAL = { 'hx-request': 'true', 'hx-request-type': 'partial' };

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const get = (path: string, headers?: Record<string, string>) =>
  running.visitor().sends('GET', path, { headers });

async function assetUrls(): Promise<string[]> {
  const { text } = await get('/initiate');
  return [...new Set([...text.matchAll(/\/static\/[^"#]+/g)].map(([url]) => url))];
}

/** Without what is another one in each answer. */
function lastingHeaders({ headers }: Awaited<ReturnType<typeof get>>): object {
  return { ...headers, 'x-request-id': '', date: '' };
}

const unnamed = (text: string) => text.replace(/(?<="attempt" value=")[\da-f-]{36}/, '');
describe('the login page that nothing was brought for', () => {
  it.each([
    ['whole', {}],
    ['a fragment', PARTIAL],
    ['in English', { 'accept-language': 'en' }],
  ])('is the one that the route answers with: %s', async (_, asked) => {
    await get('/login', asked);
    const plain = await get('/login', asked);
    const routed = await get('/login?', asked);
    expect(unnamed(plain.text)).toBe(unnamed(routed.text).replaceAll('"/login?"', '"/login"'));
    expect(plain.text).not.toBe((await get('/login', asked)).text);
    const length = { 'content-length': String(Buffer.byteLength(plain.text)) };
    expect(lastingHeaders(plain)).toEqual({ ...lastingHeaders(routed), ...length });
  });
});

describe('every answer', () => {
  it.each([
    ['a page', () => get('/login')],
    ['an error', () => get('/nowhere')],
    ['a fragment', () => get('/login', PARTIAL)],
    ['a redirect', () => get('/')],
    ['a refused post', () => running.visitor().sends('POST', '/login', { fields: { a: '[]' } })],
    [
      'a cross-site post',
      () =>
        running.visitor().sends('POST', '/logout', { headers: { 'sec-fetch-site': 'cross-site' } }),
    ],
    ['a static file', async () => get((await assetUrls())[0]!)],
    ['the health', () => get('/health/live')],
  ])('carries the security headers and its number: %s', async (_, ask) => {
    const { headers } = await ask();
    const policy = String(headers['content-security-policy']).split(';').sort();
    expect(policy).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "img-src 'self'",
      "manifest-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
    ]);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'referrer-policy': expect.stringMatching(/^(?:same-origin|no-referrer)$/),
      'x-request-id': expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}$/),
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
  });

  it('has a number of its own, which an error page shows', async () => {
    const [one, two] = [await get('/nowhere'), await get('/nowhere')];
    expect(one.headers['x-request-id']).not.toBe(two.headers['x-request-id']);
    const page = await running.visitor().opens('/nowhere');
    expect(page.status).toBe(404);
    expect(page.h1).toBe('ページが見つかりません');
    expect(page.facts.リクエスト番号).toBe(page.headers['x-request-id']);
    expect(page.text).toContain(running.config.deskPhone);
    expect(page.title).toBe('ページが見つかりません | 法人WEBシステム');
  });

  it.each(['/login', '/initiate', '/help', '/nowhere', '/activation/x', '/initiate/numbers'])(
    'is stored nowhere, and known to differ for fragments: %s',
    async (path) => {
      const { headers } = await get(path);
      expect(headers['cache-control']).toBe('no-store');
      if (!headers.location) expect(headers.vary).toBe(THREE);
    },
  );

  it('takes no number, address or host from the outside for granted', async () => {
    const answer = await get('/login', { 'x-request-id': 'mine', host: 'evil.example' });
    expect(answer.headers['x-request-id']).not.toBe('mine');
    expect(answer.text).not.toContain('evil.example');
    expect((await get('/login', { 'x-forwarded-for': 'garbage' })).status).toBe(400);
  });
});

describe('a fragment', () => {
  const values = {
    request: ['true', 'false', ''],
    type: ['partial', 'full', ''],
    restore: ['true', ''],
  };
  const combinations = values.request.flatMap((request) =>
    values.type.flatMap((type) => values.restore.map((restore) => ({ request, type, restore }))),
  );

  it.each(combinations)('is the answer to %j, or the whole page', async (given) => {
    const headers = {
      ...(given.request && { 'hx-request': given.request }),
      ...(given.type && { 'hx-request-type': given.type }),
      ...(given.restore && { 'hx-history-restore-request': given.restore }),
    };
    const isPartial = given.request === 'true' && given.type === 'partial' && !given.restore;
    const { text, headers: answered } = await get('/login', headers);
    expect(text.startsWith(isPartial ? '<title>' : '<!doctype html>')).toBe(true);
    expect(text.includes('<footer')).toBe(!isPartial);
    expect(text).toContain('<h1 tabindex="-1">ログイン</h1>');
    expect(answered.vary).toBe(THREE);
  });
});

describe('static files', () => {
  it('are compressed, and kept for ever under a name of their content', async () => {
    const urls = await assetUrls();
    expect(urls.length).toBeGreaterThanOrEqual(3);
    for (const url of urls) {
      const plain = await get(url);
      expect(plain.status).toBe(200);
      expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(plain.headers.vary).toContain('Accept-Encoding');
      const packed = await get(url, { 'accept-encoding': 'gzip, deflate, br, zstd' });
      expect(packed.headers['content-encoding']).toBe('br');
      expect((await get(url, { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBe(
        'gzip',
      );
    }
    expect((await get('/static/xxxxxxxxxxxx/other.css')).status).toBe(404);
    expect((await get('/static/genkan.css')).status).toBe(404);
    expect((await get('/static/../package.json')).status).toBe(404);
  });

  it('of another version are answered with those of this one, which nobody keeps', async () => {
    for (const url of await assetUrls()) {
      const own = await get(url);
      const others = await get(url.replace(/^\/static\/[^/]+/, '/static/AnotherHash-'));
      expect([others.status, others.text]).toEqual([200, own.text]);
      expect(others.headers['content-type']).toBe(own.headers['content-type']);
      expect(others.headers['cache-control']).toBe('no-store');
    }
  });

  it('keep their names, by which the version before asks for them', async () => {
    const names = (await assetUrls()).map((url) => url.split('/').at(-1));
    expect(names).toEqual(expect.arrayContaining(['genkan.css', 'genkan.js', 'icons.svg']));
  });

  it('define each variable of the stylesheet, none without use, in at most 14 KB', async () => {
    const url = (await assetUrls()).find((each) => each.endsWith('.css'));
    const { text } = await get(url!);
    const named = (pattern: RegExp) =>
      [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();
    const defined = named(/(?<![\w-])(--[\w-]+)\s*:/g);
    expect(named(/var\((--[\w-]+)/g)).toEqual(defined);
    expect(defined).toContain('--gk-color-primary');
    expect(defined.filter((name) => !name!.startsWith('--gk-'))).toEqual([]);
    expect(gzipSync(text).length).toBeLessThanOrEqual(14 * 1024);
  });
});

describe('health', () => {
  it('is told to anybody, and says no more than it must', async () => {
    const live = await get('/health/live');
    expect([live.status, JSON.parse(live.text)]).toEqual([200, { status: 'ok' }]);
    const ready = await get('/health/ready');
    expect(ready.status).toBe(200);
    expect(JSON.parse(ready.text)).toMatchObject({
      status: 'ok',
      details: {
        database: { status: 'up' },
        migrations: { status: 'up' },
        drain: { status: 'up' },
      },
    });
  });
});
