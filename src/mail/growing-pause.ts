import { SECOND_MS } from '../durations.js';

const FIRST_MS = SECOND_MS;
const LONGEST_MS = 30 * SECOND_MS;

/** A pause after a failure, twice as long after the next one, up to half a minute. */
export class GrowingPause {
  #length = 0;
  #endsAt = 0;

  get hasBegun(): boolean {
    return this.#length > 0;
  }

  leftAt(now: number): number {
    return this.hasBegun ? Math.max(0, this.#endsAt - now) : 0;
  }

  /** Tries that were under way when the pause began do not prolong it. */
  growAt(now: number): void {
    if (this.leftAt(now) > 0) return;
    this.#length = Math.min(Math.max(FIRST_MS, this.#length * 2), LONGEST_MS);
    this.#endsAt = now + this.#length;
  }

  end(): void {
    this.#length = 0;
  }
}
