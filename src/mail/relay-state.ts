import { Injectable } from '@nestjs/common';
import { watchBreaker } from '../breakers.js';
import { GrowingPause } from './growing-pause.js';
import type { MailInHand } from './waiting-mails.js';

/** So many refusals, and no mail taken in between, may be the server's fault, not the recipients'. */
const IN_A_ROW = 3;

/**
 * What this process knows of the mail server. While it is away, one mail at a time is tried, after
 * pauses that grow to half a minute, and each time another one; all others keep their places. While
 * it answers, no answer holds others back: mails are tried once in their turn, and where it refuses
 * everybody, only the tries after that are paused.
 */
@Injectable()
export class RelayState {
  readonly #away = new GrowingPause();
  readonly #retries = new GrowingPause();
  readonly #refusedDomains = new Set<string>();
  #refusals = 0;
  #failed = new Set<string>();
  #suspects = new Set<string>();

  constructor() {
    watchBreaker('mail', () => this.isAway || this.refusesAll);
  }

  /** It could not be reached, or would not have us. */
  get isAway(): boolean {
    return this.#away.hasBegun;
  }

  /** It answers, and takes nothing from us. */
  get refusesAll(): boolean {
    return this.#refusedDomains.size >= IN_A_ROW;
  }

  pauseAt(now: number): number {
    return this.#away.leftAt(now);
  }

  mayRetryAt(now: number): boolean {
    return this.#retries.leftAt(now) === 0;
  }

  /**
   * It is away.
   * @returns true when this mail is to blame: it failed before, and then the server answered
   */
  failed(mail: string, now: number): boolean {
    if (this.#suspects.has(mail)) return true;
    this.#failed.add(mail);
    this.#away.growAt(now);
    return false;
  }

  /** It answers, whatever it says. */
  answered(): void {
    if (this.#failed.size > 0) this.#suspects = this.#failed;
    this.#failed = new Set();
    this.#away.end();
  }

  /** It refuses a mail by a rule. Later tries of one mail say nothing about others. */
  refused({ state, recipient }: Pick<MailInHand, 'state' | 'recipient'>, now: number): void {
    this.answered();
    if (state === 'queued') {
      this.#refusals += 1;
      this.#refusedDomains.add(recipient.slice(recipient.lastIndexOf('@')));
    }
    if (this.refusesAll) this.#retries.growAt(now);
  }

  /** It took a mail, or knows an address for wrong. @returns true when before it refused several */
  took(): boolean {
    const isBack = this.#refusals >= IN_A_ROW;
    this.answered();
    this.#refusals = 0;
    this.#refusedDomains.clear();
    this.#retries.end();
    return isBack;
  }

  forget(): void {
    this.took();
    this.#suspects.clear();
  }
}
