import { keepLatest } from './keep-latest.js';

/** Who brings a cookie, from the wider to the narrower: what takes turns. */
export interface CookieOwner {
  site: string;
  client: string;
}

const MOST = 20_000;

/** Values that were lately found good in this process, the newest last. */
const owners = new Map<string, CookieOwner>();

/** A session, a known browser, or a live mailed link: whoever brings it is told from those who invent one. */
export function noteProven(value: string | undefined, owner: CookieOwner): void {
  if (value !== undefined) keepLatest(owners, value, owner, MOST);
}

/** Before anything is looked up: undefined for what nobody proved lately, good or not. */
export function ownerOfCookies(values: Iterable<string>): CookieOwner | undefined {
  for (const value of values) {
    const owner = owners.get(value);
    if (owner) return owner;
  }
  return undefined;
}
