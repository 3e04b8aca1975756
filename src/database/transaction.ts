import type { EntityManager } from '@mikro-orm/postgresql';
import { codeOf } from './faults.js';
import { pause } from '../resting.js';
import { noteCommit, takeLastStep } from './unit-of-work.js';

const RETRYABLE = new Set(['40001', '40P01']);
const TRIES = 3;
/** Those who met each other do not meet again at the same moment. */
const LONGEST_PAUSE_MS = 50;

/** Thrown in a transaction that gives its connection back, and begins anew when `inTurn` lets it. */
export class BeginAnew extends Error {
  constructor(readonly inTurn: <T>(again: () => Promise<T>) => Promise<T>) {
    super('The transaction begins anew in its turn');
  }
}

/**
 * Runs `work` in one transaction, or in the caller's when there is one already; whatever uses the
 * same `EntityManager` inside takes part in it. It begins without any loaded entity, so what is
 * read inside is what is stored, and changed entities are written at the end. Entities that were
 * loaded outside stay as they were. Deadlocks and serialization failures are tried again, up to
 * three times in all, and one that meets `BeginAnew` in its turn.
 *
 * It takes the last step of its unit of work, which tells that the form was done, unless its result
 * says that nothing was: `false`, or `ok: false`.
 * @param options.acts false for what goes along with a refusal
 */
export async function inTransaction<T>(
  em: EntityManager,
  work: () => Promise<T>,
  { acts = true } = {},
): Promise<T> {
  if (em.isInTransaction()) return work();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await em.fork().transactional(async () => {
        const before = await work();
        if (acts && !isRefusal(before)) await takeLastStep();
        return before;
      });
      noteCommit(acts && !isRefusal(result));
      return result;
    } catch (error) {
      if (error instanceof BeginAnew) return error.inTurn(() => inTransaction(em, work, { acts }));
      if (attempt >= TRIES || !RETRYABLE.has(codeOf(error) ?? '')) throw error;
      await pause(Math.random() * LONGEST_PAUSE_MS * attempt);
    }
  }
}

function isRefusal(result: unknown): boolean {
  if (typeof result !== 'object' || result === null) return result === false;
  return 'ok' in result && result.ok === false;
}

/**
 * Runs a part of the caller's transaction that may fail by itself: an exception takes back what
 * the part did, and nothing before it.
 */
export async function inSavepoint<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  await em.flush();
  return em.transactional(work, { clear: true });
}
