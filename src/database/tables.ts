import type { EntityManager, InferKyselyDB, Kysely } from '@mikro-orm/postgresql';
import type { entities } from '../../mikro-orm.config.js';

/** Every table and view by its name; the columns of a table are those of its entity. */
export interface Tables extends InferKyselyDB<(typeof entities)[number]> {
  /** People who can sign in as their company's administrator now (usable-administrator.sql). */
  usable_administrators: { id: string; corporation_id: string };
  /** Cases whose newcomer could act, and that nobody decided (undecided-enrollments.sql). */
  undecided_enrollments: { id: string; account_id: string | null };
  /** Newcomers whom the desk sent away, and nobody brought back (dismissed-accounts.sql). */
  dismissed_accounts: { id: string };
  /** People who are asked for a second factor, and until when (second-factor-duties.sql). */
  second_factor_duties: {
    account_id: string;
    corporation_id: string;
    role: 'staff' | 'administrator';
    state: 'registered' | 'active' | 'suspended' | 'deleted';
    second_factor_since: Date | null;
    due_at: Date;
  };
  unadministered_corporations: {
    corporation_id: string;
    is_at_desk: boolean;
    is_frozen: boolean;
  };
}

/**
 * The query builder for joins, reports and statements that decide something: inside the caller's
 * transaction when there is one, and typed, so that a wrong column does not compile.
 */
export function tables(em: EntityManager): Kysely<Tables> {
  return em.getKysely<Tables>();
}
