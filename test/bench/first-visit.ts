import { get } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export interface FirstVisit {
  requests: number;
  /** Heads and bodies as they came over the wire. */
  bytes: number;
  /** Bytes by path. */
  parts: Record<string, number>;
}

/**
 * What a browser without a cache fetches for a page: the page, its style, scripts and pictures,
 * but those that come when they are scrolled to.
 * @param cookie as a browser sends it, of somebody who is signed in
 */
export async function firstVisit(port: number, path: string, cookie = ''): Promise<FirstVisit> {
  const parts: Record<string, number> = {};
  const waiting = [path];
  for (const next of waiting) {
    const { text, bytes } = await fetchPlain(port, next, cookie);
    parts[next] = bytes;
    for (const found of referencesIn(text, next))
      if (!waiting.includes(found) && waiting.length < 50) waiting.push(found);
  }
  const bytes = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return { requests: waiting.length, bytes, parts };
}

function referencesIn(text: string, base: string): string[] {
  const isStyle = base.endsWith('.css');
  const isPage = text.trimStart().startsWith('<!doctype');
  const pattern = isStyle
    ? /url\(["']?([^"')]+)/g
    : /<(?:link|script|img|use)\b(?![^>]*loading="lazy")[^>]*?(?:href|src)="([^"]+)"/g;
  if (!isStyle && !isPage) return [];
  return [...text.matchAll(pattern)]
    .map(([, url]) => new URL(url!, `http://127.0.0.1${base}`))
    .filter(({ hostname }) => hostname === '127.0.0.1')
    .map(({ pathname }) => pathname);
}

function fetchPlain(
  port: number,
  path: string,
  cookie: string,
): Promise<{ text: string; bytes: number }> {
  const headers = { 'Accept-Encoding': 'gzip, deflate, br', Cookie: cookie };
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers, agent: false }, async (response) => {
      const { socket } = response;
      const body = Buffer.concat(await response.toArray());
      const encoding = response.headers['content-encoding'];
      const plain =
        encoding === 'br' ? brotliDecompressSync(body) : encoding ? gunzipSync(body) : body;
      resolve({ text: plain.toString('utf8'), bytes: socket.bytesRead });
    }).once('error', reject);
  });
}
