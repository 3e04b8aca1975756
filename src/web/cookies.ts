import type { Response } from 'express';
import { ownerOfCookies, type CookieOwner } from './proven-cookies.js';

/** What a response does to a cookie of the browser; without a value it is deleted. */
export interface CookieChange {
  name: string;
  value?: string;
  maxAgeMs?: number | undefined;
}

/** The cookies of one request: those that the browser sent, and those that the response sets. */
export class CookieJar {
  readonly #sent: ReadonlyMap<string, string>;
  readonly #set = new Map<string, string>();
  readonly #changes: CookieChange[] = [];

  /** @param secure everything goes over https, where the `__Host-` prefix keeps others' cookies out */
  constructor(
    header: string | undefined,
    private readonly response: Response,
    private readonly secure: boolean,
  ) {
    this.#sent = parseCookies(header);
  }

  get isEmpty(): boolean {
    return this.#sent.size === 0;
  }

  /** Whose one of them is, as far as that was found out lately. */
  get owner(): CookieOwner | undefined {
    return ownerOfCookies(this.#sent.values());
  }

  /** The response sets cookies in a browser that sent none: nobody knows yet if it keeps them. */
  get isUntried(): boolean {
    return this.isEmpty && this.#set.size > 0;
  }

  /** The value that the browser sent, even when the response already holds another one. */
  read(name: string): string | undefined {
    return this.#sent.get(this.#fullName(name));
  }

  /** The value that the browser will have after the response. */
  latest(name: string): string | undefined {
    return this.#set.get(this.#fullName(name)) ?? this.read(name);
  }

  set(name: string, value: string, maxAgeMs?: number): void {
    const attributes = { ...this.#attributes, ...(maxAgeMs && { maxAge: maxAgeMs }) };
    this.response.cookie(this.#fullName(name), value, attributes);
    this.#set.set(this.#fullName(name), value);
    this.#changes.push({ name, value, maxAgeMs });
  }

  clear(name: string): void {
    this.response.clearCookie(this.#fullName(name), this.#attributes);
    this.#changes.push({ name });
  }

  /** All that the response does so far, in its order. */
  get changes(): readonly CookieChange[] {
    return this.#changes;
  }

  /** Does what another response did. */
  repeat(changes: readonly CookieChange[]): void {
    for (const { name, value, maxAgeMs } of changes) {
      if (value === undefined) this.clear(name);
      else this.set(name, value, maxAgeMs);
    }
  }

  #fullName(name: string): string {
    return this.secure ? `__Host-${name}` : name;
  }

  get #attributes() {
    return { httpOnly: true, sameSite: 'lax', secure: this.secure, path: '/' } as const;
  }
}

interface WithCookies {
  cookies: CookieJar;
}

const SHOWING = new Set<string>();
const OPENING = new Set<string>();

export class Cookie {
  /** @param maxAgeMs absent: until the browser closes */
  constructor(
    private readonly name: string,
    private readonly maxAgeMs?: number,
  ) {}

  /** One that a sign-out takes away: what it shows belongs to whoever was signed in. */
  static untilSignOut(name: string, maxAgeMs: number): Cookie {
    SHOWING.add(name);
    return new Cookie(name, maxAgeMs);
  }

  /** Takes those away. */
  static endShowing({ cookies }: WithCookies): void {
    for (const name of SHOWING) cookies.clear(name);
  }

  /** One that opens pages about somebody: a session, or a mailed link. */
  static opener(name: string, maxAgeMs?: number): Cookie {
    OPENING.add(name);
    return new Cookie(name, maxAgeMs);
  }

  /** The browser has none of those, neither before the response nor by it. */
  static opensNothing({ cookies }: WithCookies): boolean {
    return [...OPENING].every((name) => cookies.latest(name) === undefined);
  }

  read({ cookies }: WithCookies): string | undefined {
    return cookies.read(this.name);
  }

  latest({ cookies }: WithCookies): string | undefined {
    return cookies.latest(this.name);
  }

  set({ cookies }: WithCookies, value: string): void {
    cookies.set(this.name, value, this.maxAgeMs);
  }

  clear({ cookies }: WithCookies): void {
    cookies.clear(this.name);
  }
}

/** Reads a `Cookie` header; malformed cookies are ignored, of equal names the first one counts. */
function parseCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const match = /^\s*([\w-]+)=([\w.~+/=-]*)\s*$/.exec(pair);
    if (match?.[1] && !cookies.has(match[1])) cookies.set(match[1], match[2] ?? '');
  }
  return cookies;
}
