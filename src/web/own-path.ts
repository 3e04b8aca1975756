const BASE = 'http://localhost';
const AT_DESK = /^\/desk(?:[/?#]|$)/;
/** Forms are sent there, and no page is. */
const ONLY_SENT_TO = new Set(['/logout', '/language', '/desk/logout', '/desk/language']);

/**
 * The path to go to after a form, as browsers read it: of a page of ours, or `/`. They read backslashes as
 * slashes, drop tabs and line ends and resolve dots, so a text with one of the former is refused, and
 * so is one that is `//host` once its dots are resolved.
 */
export function ownPath(typed: string | undefined): string {
  if (typed === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(typed)) return '/';
  const { pathname, search, hash } = new URL(BASE + typed);
  const path = pathname + search + hash;
  if (ONLY_SENT_TO.has(pathname.toLowerCase().replace(/\/+$/, ''))) return '/';
  try {
    return /^\/[/\\]|\\|\p{Cc}/u.test(decodeURIComponent(path)) ? '/' : path;
  } catch {
    return '/';
  }
}

/** The path alone, as routes are read. */
export function routedPath(path: string): string {
  const [alone = ''] = path.split(/[?#]/);
  return alone.toLowerCase().replace(/\/$/, '');
}

/** Where a sign-in of people leads: not to the desk, which has its own. */
export function peoplePath(typed: string | undefined): string {
  const path = ownPath(typed);
  return AT_DESK.test(path) ? '/' : path;
}

/** Where one at the desk leads: a page of the desk, its TOP page for everything else. */
export function deskPath(typed: unknown): string {
  const path = ownPath(typeof typed === 'string' ? typed : undefined);
  return AT_DESK.test(path) ? path : '/desk';
}
