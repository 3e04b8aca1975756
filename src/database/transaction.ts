import type { EntityManager } from '@mikro-orm/postgresql';

const RETRYABLE = new Set(['40001', '40P01']);
const TRIES = 3;

/**
 * Runs `work` in one transaction, or in the caller's when there is one already; whatever uses the
 * same `EntityManager` inside takes part in it. It begins without any loaded entity, so what is
 * read inside is what is stored, and changed entities are written at the end. Entities that were
 * loaded outside stay as they were. Deadlocks and serialization failures are tried again, up to
 * three times in all.
 */
export async function inTransaction<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  if (em.isInTransaction()) return work();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await em.fork().transactional(work);
    } catch (error) {
      if (attempt >= TRIES || !RETRYABLE.has(codeOf(error) ?? '')) throw error;
    }
  }
}

/**
 * Runs a part of the caller's transaction that may fail by itself: an exception takes back what
 * the part did, and nothing before it.
 */
export async function inSavepoint<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  await em.flush();
  return em.transactional(work, { clear: true });
}

/** The fault's code: PostgreSQL's SQLSTATE or Node's error code, wherever the driver put it. */
export function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause instanceof Error ? codeOf(cause) : undefined;
}
