import type { IncomingHttpHeaders } from 'node:http';

interface StoredCookie {
  value: string;
  /** Everything behind the value, in lower case: `path=/; httponly; samesite=lax`. */
  attributes: string;
}

/** The cookies of one browser. Everything here is one site, so paths and domains do not matter. */
export class CookieJar {
  readonly cookies = new Map<string, StoredCookie>();

  get header(): string | undefined {
    const pairs = [...this.cookies].map(([name, { value }]) => `${name}=${value}`);
    return pairs.length === 0 ? undefined : pairs.join('; ');
  }

  copy(): CookieJar {
    const copy = new CookieJar();
    for (const [name, cookie] of this.cookies) copy.cookies.set(name, { ...cookie });
    return copy;
  }

  keep(headers: IncomingHttpHeaders): void {
    if (headers['clear-site-data']?.includes('"cookies"')) this.cookies.clear();
    for (const line of headers['set-cookie'] ?? []) {
      const [pair = '', ...rest] = line.split(/;\s*/);
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const attributes = rest.join('; ').toLowerCase();
      if (isOver(attributes)) this.cookies.delete(name);
      else this.cookies.set(name, { value, attributes });
    }
  }
}

function isOver(attributes: string): boolean {
  const age = /max-age=(-?\d+)/.exec(attributes);
  if (age) return Number(age[1]) <= 0;
  const end = /expires=([^;]+)/.exec(attributes);
  return end !== null && Date.parse(end[1]!) <= Date.now();
}
