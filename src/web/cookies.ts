import type { Response } from 'express';
import type { Config } from '../config.js';

/** Reads a `Cookie` header; whatever is malformed or comes twice is simply not there. */
export function parseCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const match = /^\s*([\w-]+)=([\w.~+/=-]*)\s*$/.exec(pair);
    if (match?.[1] && !cookies.has(match[1])) cookies.set(match[1], match[2] ?? '');
  }
  return cookies;
}

/** One cookie of ours: HttpOnly, SameSite=Lax, and with the `__Host-` prefix where https allows it. */
export class Cookie {
  readonly name: string;

  constructor(
    name: string,
    private readonly config: Config,
  ) {
    this.name = config.secure ? `__Host-${name}` : name;
  }

  read(cookies: ReadonlyMap<string, string>): string | undefined {
    return cookies.get(this.name);
  }

  /** @param maxAge milliseconds; absent: until the browser closes */
  set(response: Response, value: string, maxAge?: number): void {
    response.cookie(this.name, value, { ...this.#attributes, ...(maxAge && { maxAge }) });
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.#attributes);
  }

  get #attributes() {
    return { httpOnly: true, sameSite: 'lax', secure: this.config.secure, path: '/' } as const;
  }
}
