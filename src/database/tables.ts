import type { EntityManager, Kysely } from '@mikro-orm/postgresql';

/** Every table and view by its name: each entity adds its own beside its schema. */
export interface Tables {
  /** People who can sign in as their company's administrator now (usable-administrator.sql). */
  usable_administrators: { id: string; corporation_id: string };
  unadministered_corporations: { corporation_id: string; is_at_desk: boolean };
}

/**
 * The query builder for joins, reports and statements that decide something: inside the caller's
 * transaction when there is one, and typed, so that a wrong column does not compile.
 */
export function tables(em: EntityManager): Kysely<Tables> {
  return em.getKysely<Tables>();
}
