/**
 * Where to go after a form: a path of ours, or `/`. Browsers read backslashes as slashes and drop
 * tabs and line ends, so whatever holds one of these is no path; neither is `//host`.
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
