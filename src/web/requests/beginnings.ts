import type { Visit } from '../visit.js';

/** Of all clients, in one round of the event loop. */
const AT_ONCE = 2;
const OLDEST_EVERY = 4;
/** What somebody began counts half after so many others, however long they take. */
const HALF_AFTER = 8_192;

type Begins = Pick<Visit, 'site' | 'client' | 'isGone'>;

interface Waiting extends Begins {
  begin: () => void;
}

/**
 * A few requests begin in one round of the event loop, so that it comes back to read who else asks,
 * however many arrived together and however soon they are answered. Where more wait, every fourth
 * is of the client that has waited longest, and the others are of those whose network, and then who
 * themselves, began least lately. Whoever has hung up meanwhile takes nobody's place.
 */
export class Beginnings {
  /** By client; whoever came or began last stands last. */
  readonly #waiting = new Map<string, Waiting[]>();
  /** What networks and clients began lately. */
  readonly #counts = new Map<string, number>();
  #begun = 0;
  #turn = 0;
  #counted = 0;

  /** @param begin is called now, or in a later round */
  take(visit: Begins, begin: () => void): void {
    const { site, client, isGone } = visit;
    if (this.#waiting.size === 0 && this.#begun < AT_ONCE) return this.#begin(visit, begin);
    const ofClient = this.#waiting.get(client);
    const waiting = { site, client, isGone, begin };
    if (ofClient) ofClient.push(waiting);
    else this.#waiting.set(client, [waiting]);
  }

  #begin({ site, client }: Begins, begin: () => void): void {
    if (this.#begun === 0) setImmediate(() => this.#nextRound());
    this.#begun += 1;
    this.#counted += 1;
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
      if (next) this.#begin(next, next.begin);
    }
  }

  /** @returns the first one of the queue that is still there */
  #leave(queue: Waiting[]): Waiting | undefined {
    const { client } = queue[0]!;
    let next = queue.shift();
    while (next?.isGone()) next = queue.shift();
    this.#waiting.delete(client);
    if (queue.length > 0) this.#waiting.set(client, queue);
    return next;
  }

  #longest(): Waiting[] {
    return this.#waiting.values().next().value!;
  }

  #least(): Waiting[] {
    let least = this.#longest();
    let [ofSite, ofClient] = this.#countsOf(least[0]!);
    for (const queue of this.#waiting.values()) {
      const [site, client] = this.#countsOf(queue[0]!);
      if (site > ofSite || (site === ofSite && client >= ofClient)) continue;
      [least, ofSite, ofClient] = [queue, site, client];
    }
    return least;
  }

  #countsOf({ site, client }: Waiting): [number, number] {
    return [this.#countOf(site), this.#countOf(client)];
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
