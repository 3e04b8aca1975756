import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';

type Rest = <T>(wait: () => Promise<T>) => Promise<T>;

const ofRequest = new AsyncLocalStorage<Rest>();

/** @param rest gives the place of `work` back for as long as a wait of it lasts */
export function withRests<T>(rest: Rest, work: () => T): T {
  return ofRequest.run(rest, work);
}

/** A wait in a queue of this process or for another process: others work meanwhile. */
export function resting<T>(wait: () => Promise<T>): Promise<T> {
  const rest = ofRequest.getStore();
  return rest ? rest(wait) : wait();
}

/** Milliseconds of rest. */
export function pause(milliseconds: number): Promise<void> {
  return resting(() => wait(milliseconds));
}
