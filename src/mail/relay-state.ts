import { Injectable } from '@nestjs/common';
import { watchBreaker } from '../breakers.js';
import { SECOND_MS } from '../durations.js';

const FIRST_PAUSE_MS = SECOND_MS;
const LONGEST_PAUSE_MS = 30 * SECOND_MS;
/** Then another mail is tried: it may be this one alone that the server refuses. */
const TRIES_IN_A_ROW = 3;

/**
 * What this process knows of the mail server. While it fails, one mail at a time is tried, after
 * pauses that grow to half a minute; all others keep their places, so that they go out in order.
 */
@Injectable()
export class RelayState {
  readonly #failed = new Set<string>();
  #last = '';
  #inARow = 0;
  #pause = 0;
  #resumesAt = 0;

  constructor() {
    watchBreaker('mail', () => this.isTroubled);
  }

  get isTroubled(): boolean {
    return this.#pause > 0;
  }

  pauseAt(now: number): number {
    return this.isTroubled ? Math.max(0, this.#resumesAt - now) : 0;
  }

  /** Several mails failed: the server is to blame, not one of them. */
  get isShared(): boolean {
    return this.#failed.size > 1;
  }

  /**
   * Tries that were under way when the pause began do not prolong it.
   * @returns true when it is another mail's turn
   */
  failed(mail: string, now: number): boolean {
    this.#failed.add(mail);
    this.#inARow = mail === this.#last ? this.#inARow + 1 : 1;
    this.#last = mail;
    if (this.pauseAt(now) === 0) {
      this.#pause = Math.min(Math.max(FIRST_PAUSE_MS, this.#pause * 2), LONGEST_PAUSE_MS);
      this.#resumesAt = now + this.#pause;
    }
    return !this.isShared || this.#inARow >= TRIES_IN_A_ROW;
  }

  forget(): void {
    this.#failed.clear();
    this.#last = '';
    this.#pause = 0;
  }
}
