/**
 * The path to go to after a form: one of ours, or `/`. Browsers read backslashes as slashes and
 * drop tabs and line ends, so a text with one of these is refused, and so is `//host`.
 */
export function ownPath(typed: string | undefined): string {
  if (typed === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(typed)) return '/';
  let decoded = typed;
  try {
    decoded = decodeURIComponent(typed);
  } catch {
    return '/';
  }
  return /^\/[/\\]|\\|\p{Cc}/u.test(decoded) ? '/' : typed;
}
