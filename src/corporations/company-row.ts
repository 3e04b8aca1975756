import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from '@mikro-orm/postgresql';
import { BeginAnew } from '../database/transaction.js';
import type { Room } from '../limits/fair-admission.js';
import { sourceOfRequest, type Source } from '../limits/source.js';
import { Turns } from '../limits/turns.js';

/** So many of a process wait for one company's row with a connection in their hands. */
const WITH_CONNECTION = 2;
/** The others: one at work, and the next one on its way to the row. */
const ROOM: Room = {
  atOnce: 2,
  room: 60,
  ofNetwork: 30,
  ofClient: 10,
  ofActor: 10,
};
const LONGEST_WAIT_MS = 15_000;
/** Commands, jobs and the desk. */
const OWN: Source = { isKnown: true, network: '', client: '', actor: '' };

/** By transaction: what is held already is not waited for. */
const held = new WeakMap<object, Set<string>>();
const turnOf = new AsyncLocalStorage<string>();
const waiting = new Map<string, number>();
const queues = new Map<string, Turns>();

/**
 * Waits for a company's row, which the caller's transaction then holds. Whoever waits there has a
 * connection of the pool, of which the acts of one company could take all; so beyond the first few
 * a transaction ends, and begins anew when its turn comes, in turns between networks.
 * @param lock waits for the row
 * @throws BeginAnew
 */
export async function inCompanyRow<T>(
  em: EntityManager,
  corporationId: string,
  lock: () => Promise<T>,
): Promise<T> {
  const ofTransaction = heldIn(em);
  if (ofTransaction.has(corporationId)) return lock();
  if (isFull(corporationId) && turnOf.getStore() !== corporationId)
    throw new BeginAnew((again) => inTurn(corporationId, again));
  count(corporationId, 1);
  try {
    const locked = await lock();
    ofTransaction.add(corporationId);
    return locked;
  } finally {
    count(corporationId, -1);
  }
}

function heldIn(em: EntityManager): Set<string> {
  const transaction = em.getTransactionContext<object>();
  if (!transaction) throw new Error('A company is held in a transaction');
  const companies = held.get(transaction) ?? new Set();
  held.set(transaction, companies);
  return companies;
}

function isFull(corporationId: string): boolean {
  return queues.has(corporationId) || (waiting.get(corporationId) ?? 0) >= WITH_CONNECTION;
}

function count(corporationId: string, change: 1 | -1): void {
  const now = (waiting.get(corporationId) ?? 0) + change;
  if (now > 0) waiting.set(corporationId, now);
  else waiting.delete(corporationId);
}

async function inTurn<T>(corporationId: string, again: () => Promise<T>): Promise<T> {
  const queue = queues.get(corporationId) ?? new Turns(ROOM, LONGEST_WAIT_MS);
  queues.set(corporationId, queue);
  try {
    return await queue.take(sourceOfRequest() ?? OWN, () => turnOf.run(corporationId, again));
  } finally {
    if (queue.isEmpty) queues.delete(corporationId);
  }
}
