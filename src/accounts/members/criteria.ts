import { accountStates, type AccountState } from '../../identity/account-states.js';
import type { Role } from '../../identity/role.js';
import { normalForm } from '../../web/forms/normal-form.js';

/** Narrows the list; each is '' for everybody. */
export interface Criteria {
  /** A part of a name, or the beginning of a word in a login ID or mail address; '' for everybody. */
  q: string;
  role: Role | '';
  state: AccountState | '';
  department: string;
  /** Whether they have a second factor. */
  factor: (typeof FACTORS)[number] | '';
}

export const FACTORS = ['set-up', 'missing'] as const;

const LONGEST = 100;

/** From a query string; values that no form of ours sends have no effect. */
export function readCriteria(query: Readonly<Record<string, unknown>>): Criteria {
  const { q, role, state, department, factor } = query;
  return {
    q: textOf(q).trim(),
    role: role === 'staff' || role === 'administrator' ? role : '',
    state: accountStates.find((known) => known === state) ?? '',
    department: textOf(department),
    factor: FACTORS.find((known) => known === factor) ?? '',
  };
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value.replaceAll('\0', '').slice(0, LONGEST).toWellFormed();
}

/** Some characters become eighteen, and the database folds what was typed several times. */
export function foldable(typed: string): string {
  return normalForm(typed).slice(0, LONGEST).toWellFormed();
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
