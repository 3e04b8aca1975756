import { performance } from 'node:perf_hooks';

/** More than the people of an office who open a page in the same moment. */
const CROWD = 32;
/** Milliseconds of rest for one of work: a third of the whole. */
const REST_OF_WORK = 1 / 2;
/** Milliseconds, of rest or of what was idle before. */
const MOST_OWED = 30;

/** How long the event loop has to rest. */
export class LoopRest {
  #owed = 0;

  /**
   * @param spent what the event loop did since it was asked last, in milliseconds
   * @returns milliseconds before the next one of so many that wait begins
   */
  after(waiting: number, { active, idle }: { active: number; idle: number }): number {
    const owed = this.#owed + active * REST_OF_WORK - idle;
    this.#owed = Math.min(Math.max(owed, -MOST_OWED), MOST_OWED);
    return waiting > CROWD && this.#owed >= 1 ? this.#owed : 0;
  }
}

const rest = new LoopRest();
let seen = performance.eventLoopUtilization();

/**
 * Begins the next one of a line in a later round of the event loop. While a crowd waits, the loop rests
 * for a third of its time: on few cores, hashes and the database would wait for theirs behind its pages.
 */
export function beginLater(waiting: number, begin: () => void): void {
  const now = performance.eventLoopUtilization();
  const milliseconds = rest.after(waiting, performance.eventLoopUtilization(now, seen));
  seen = now;
  if (milliseconds > 0) setTimeout(begin, milliseconds);
  else setImmediate(begin);
}
