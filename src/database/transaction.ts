import type { EntityManager } from '@mikro-orm/postgresql';

const RETRYABLE = new Set(['40001', '40P01']);
const TRIES = 3;

/**
 * Runs `work` in one transaction; whatever uses the same `EntityManager` inside takes part in it.
 * Deadlocks and serialization failures are tried again, up to three times in all.
 */
export async function inTransaction<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await em.transactional(work);
    } catch (error) {
      if (attempt >= TRIES || !RETRYABLE.has(codeOf(error) ?? '')) throw error;
    }
  }
}

/** What went wrong, as PostgreSQL's SQLSTATE or Node's error code, wherever the driver put it. */
export function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause instanceof Error ? codeOf(cause) : undefined;
}
