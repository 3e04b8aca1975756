import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from '@mikro-orm/postgresql';
import { BeginAnew } from '../database/transaction.js';
import type { Room } from '../limits/room.js';
import { sourceOfRequest, type Source } from '../limits/source.js';
import { Turns } from '../limits/turns.js';
import { resting } from '../resting.js';

/**
 * So many of a process wait for one company's row at once, besides whoever holds it: one of a person,
 * and one of all strangers, whose acts cost much. Many may wait: whoever is refused comes again at
 * once, and costs more than one who waits.
 */
const ROOM: Room = {
  atOnce: 2,
  atOnceOfNetwork: 1,
  room: 300,
  ofNetwork: 300,
  ofClient: 20,
  ofActor: 10,
};
const LONGEST_WAIT_MS = 15_000;
/** Jobs and commands. */
const OWN: Source = { isKnown: true, network: 'jobs', client: '', actor: '' };

const turnOf = new AsyncLocalStorage<string>();
const queues = new Map<string, Turns>();
/** By transaction: what is held already is not waited for. */
const held = new WeakMap<object, Set<string>>();

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
  const mayWait = turnOf.getStore() === corporationId || ofTransaction.has(corporationId);
  const locking = mayWait ? lock() : ifFree(corporationId, lock);
  if (!locking) throw new BeginAnew((again) => inTurn(corporationId, again));
  const locked = await resting(() => locking);
  ofTransaction.add(corporationId);
  return locked;
}

function heldIn(em: EntityManager): Set<string> {
  const transaction = em.getTransactionContext<object>();
  if (!transaction) throw new Error('A company is held in a transaction');
  const companies = held.get(transaction) ?? new Set();
  held.set(transaction, companies);
  return companies;
}

function ifFree<T>(corporationId: string, lock: () => Promise<T>): Promise<T> | undefined {
  return withQueue(corporationId, (queue) => queue.takeIfFree(source(), lock));
}

/**
 * For acts that know their company before they begin: they wait before anything is asked or written,
 * and where there is no room they are refused then.
 */
export function inTurnOfCompany<T>(
  em: EntityManager,
  corporationId: string,
  work: () => Promise<T>,
): Promise<T> {
  const hasTurn = em.isInTransaction() || turnOf.getStore() === corporationId;
  return hasTurn ? work() : inTurn(corporationId, work);
}

async function inTurn<T>(corporationId: string, again: () => Promise<T>): Promise<T> {
  const inItsTurn = () => turnOf.run(corporationId, again);
  return withQueue(corporationId, (queue) => queue.take(source(), inItsTurn));
}

/** Strangers count as one person, who shares the places between networks. */
function source(): Source {
  const { isKnown, network, client, actor } = sourceOfRequest() ?? OWN;
  return isKnown
    ? { isKnown, network, client, actor }
    : { isKnown, network: 'strangers', client: network, actor: client };
}

/** A queue is kept while somebody is in it. */
function withQueue<T extends Promise<unknown> | undefined>(
  corporationId: string,
  use: (queue: Turns) => T,
): T {
  const queue = queues.get(corporationId) ?? new Turns(ROOM, LONGEST_WAIT_MS);
  queues.set(corporationId, queue);
  const forget = () => queue.isEmpty && queues.delete(corporationId);
  const used = use(queue);
  if (used) used.then(forget, forget);
  return used;
}
