import { ownPath } from '../../web/own-path.js';

/** Where a sign-in at the desk leads: a page of the desk, its TOP page for everything else. */
export function deskPath(wanted: unknown): string {
  const path = ownPath(typeof wanted === 'string' ? wanted : undefined);
  return /^\/desk(?:[/?]|$)/.test(path) ? path : '/desk';
}
