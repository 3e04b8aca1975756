/** Of Genkan's own paths the first parts behind which somebody acts, signs in, follows a mail or works at the desk. */
const ACTING = new Set([
  '.well-known',
  'activation',
  'admin-enrollment',
  'confirmation',
  'desk',
  'dev',
  'email-change',
  'health',
  'initiate',
  'invitation',
  'language',
  'login',
  'logout',
  'lost-factor',
  'meisai',
  'password-reset',
  'second-factor-report',
  'session',
  'sign-in-report',
]);

/**
 * Whether an address leads to a path of ours that nobody opens from a tile, however it is written.
 * @param ownUrl where Genkan itself is
 */
export function isActingPath(url: string, ownUrl: string): boolean {
  const own = new URL(ownUrl);
  const target = URL.parse(url, own);
  if (target?.host !== own.host) return false;
  const [first = ''] = decoded(target.pathname).split('/').filter(Boolean);
  return ACTING.has(first.toLowerCase());
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
