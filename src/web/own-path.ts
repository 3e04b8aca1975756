const BASE = 'http://localhost';

/**
 * The path to go to after a form, as browsers read it: one of ours, or `/`. They read backslashes as
 * slashes, drop tabs and line ends and resolve dots, so a text with one of the former is refused, and
 * so is one that is `//host` once its dots are resolved.
 */
export function ownPath(typed: string | undefined): string {
  if (typed === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(typed)) return '/';
  const { pathname, search, hash } = new URL(BASE + typed);
  const path = pathname + search + hash;
  try {
    return /^\/[/\\]|\\|\p{Cc}/u.test(decodeURIComponent(path)) ? '/' : path;
  } catch {
    return '/';
  }
}
