import { beginLater } from './loop-share.js';
import type { CookieJar } from '../cookies.js';
import type { Visit } from '../visit.js';

/** Of all clients, in one round of the event loop. */
const AT_ONCE = 2;
const OLDEST_EVERY = 4;
/** What somebody began counts half after so many others, however long they take. */
const HALF_AFTER = 8_192;

interface Begins extends Pick<Visit, 'site' | 'client' | 'isGone'> {
  cookies: Pick<CookieJar, 'owner'>;
}

interface Waiting extends Pick<Visit, 'site' | 'client' | 'isGone'> {
  isKnown: boolean;
  begin: () => void;
}

/**
 * A few requests begin in one round of the event loop, so that it comes back to read who else asks,
 * however many arrived together and however soon they are answered. Where more wait, every fourth
 * is of the client that has waited longest. Of the others, those whose cookies were found good lately
 * take turns with everybody else. Of those, who come first whose company, and of the others, whose
 * network, and then who themselves, began least lately. Whoever has hung up meanwhile takes nobody's place.
 */
export class Beginnings {
  /** By client; whoever came or began last stands last. */
  readonly #waiting = new Map<string, Waiting[]>();
  /** What networks and clients began lately. */
  readonly #counts = new Map<string, number>();
  #present = 0;
  #begun = 0;
  #turn = 0;
  #counted = 0;
  #lastWasKnown = false;

  constructor(private readonly later = beginLater) {}

  /** @param begin is called now, or in a later round */
  take({ site, client, isGone, cookies }: Begins, begin: () => void): void {
    const { owner } = cookies;
    const own = owner
      ? {
          site: `known ${owner.site}`,
          client: `known ${owner.client}`,
          isKnown: true,
          isGone,
          begin,
        }
      : { site, client, isKnown: false, isGone, begin };
    if (this.#waiting.size === 0 && this.#begun < AT_ONCE) return this.#begin(own);
    this.#present += 1;
    const ofClient = this.#waiting.get(own.client);
    if (ofClient) ofClient.push(own);
    else this.#waiting.set(own.client, [own]);
  }

  #begin({ site, client, isKnown, begin }: Waiting): void {
    if (this.#begun === 0) this.later(this.#present, () => this.#nextRound());
    this.#begun += 1;
    this.#counted += 1;
    this.#lastWasKnown = isKnown;
    this.#counts.set(site, this.#countOf(site) + 1);
    this.#counts.set(client, this.#countOf(client) + 1);
    begin();
  }

  #nextRound(): void {
    this.#begun = 0;
    if (this.#counted >= HALF_AFTER) this.#halve();
    while (this.#waiting.size > 0 && this.#begun < AT_ONCE) {
      const isOfOldest = this.#turn % OLDEST_EVERY === 0;
      this.#turn += 1;
      const next = this.#leave(isOfOldest ? this.#longest() : this.#least());
      if (next) this.#begin(next);
    }
  }

  /** @returns the first one of the queue that is still there */
  #leave(queue: Waiting[]): Waiting | undefined {
    const { client } = queue[0]!;
    const before = queue.length;
    let next = queue.shift();
    while (next?.isGone()) next = queue.shift();
    this.#present -= before - queue.length;
    this.#waiting.delete(client);
    if (queue.length > 0) this.#waiting.set(client, queue);
    return next;
  }

  #longest(): Waiting[] {
    return this.#waiting.values().next().value!;
  }

  #least(): Waiting[] {
    let least = this.#longest();
    for (const queue of this.#waiting.values())
      if (this.#isBefore(queue[0]!, least[0]!)) least = queue;
    return least;
  }

  #isBefore(one: Waiting, other: Waiting): boolean {
    if (one.isKnown !== other.isKnown) return one.isKnown !== this.#lastWasKnown;
    const fewer = this.#countOf(other.site) - this.#countOf(one.site);
    return fewer > 0 || (fewer === 0 && this.#countOf(one.client) < this.#countOf(other.client));
  }

  #countOf(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  #halve(): void {
    this.#counted = 0;
    for (const [name, count] of this.#counts) {
      if (count > 1) this.#counts.set(name, count >> 1);
      else this.#counts.delete(name);
    }
  }
}
