import { accountStates, type AccountState } from '../../identity/account-states.js';
import type { Role } from '../../identity/role.js';

/** Narrows the list; each is '' for everybody. */
export interface Criteria {
  /** A part of a name, or the beginning of a word in a login ID or mail address; '' for everybody. */
  q: string;
  role: Role | '';
  state: AccountState | '';
}

const LONGEST = 100;

/** From a query string; values that no form of ours sends have no effect. */
export function readCriteria(query: Readonly<Record<string, unknown>>): Criteria {
  const { q, role, state } = query;
  const typed = typeof q === 'string' ? q.replaceAll('\0', '').trim().slice(0, LONGEST) : '';
  return {
    q: typed.toWellFormed(),
    role: role === 'staff' || role === 'administrator' ? role : '',
    state: accountStates.find((known) => known === state) ?? '',
  };
}

export function listPath(
  path: string,
  criteria: Criteria,
  more: Readonly<Record<string, string>> = {},
): string {
  const given = Object.entries({ ...criteria, ...more }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(given as [string, string][]).toString();
  return query ? `${path}?${query}` : path;
}
