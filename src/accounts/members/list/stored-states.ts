import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Criteria } from '../criteria.js';

/** Each stored state of `t` in a range of its own; without a wish, all but the deleted. */
export function statesOf(state: Criteria['state']): RawBuilder<SqlBool>[] {
  if (state === '') return ['registered', 'active', 'suspended'].map(stored);
  if (state !== 'active' && state !== 'held') return [stored(state)];
  // This is account-state.sql in the form that the planner finds an index for.
  return state === 'held'
    ? [sql`t.state = 'active' and t.held_until > genkan_now()`]
    : [sql`t.state = 'active' and (t.held_until is null or t.held_until <= genkan_now())`];
}

function stored(state: string): RawBuilder<SqlBool> {
  return sql`t.state = ${state}`;
}
