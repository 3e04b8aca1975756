import type { EntityManager } from '@mikro-orm/postgresql';

type Ask<T> = (em: EntityManager) => Promise<T>;

const answers = new WeakMap<object, Map<Ask<unknown>, Promise<unknown>>>();

/**
 * For statements whose second run in the same transaction would tell or do nothing new. A savepoint
 * counts as a transaction of its own, because what happened in it may be taken back. Outside of any,
 * each call asks.
 * @param ask the same function each time
 */
export function onceInTransaction<T>(em: EntityManager, ask: Ask<T>): Promise<T> {
  const transaction = em.getTransactionContext<object>();
  if (!transaction) return ask(em);
  const asked = answers.get(transaction) ?? new Map<Ask<unknown>, Promise<unknown>>();
  answers.set(transaction, asked);
  const answer = (asked.get(ask) as Promise<T> | undefined) ?? ask(em);
  asked.set(ask, answer);
  return answer;
}
