import type { PartOfRoom } from './part-of-room.js';
import { WorthOfTries } from './worth-of-tries.js';

type Part = Pick<PartOfRoom<unknown>, 'name'>;
type WaitingPart = Pick<PartOfRoom<unknown>, 'name' | 'parts' | 'waiting'>;

/** A source that was served so many turns ago counts as new. */
const MEMORY = 1_024;
/** Odd, so that both lanes have their part of it. */
const OLDEST_EVERY = 5;

/**
 * Which part of a room comes first: the one of better tries; of such, that of the company served longest
 * ago, where one signed in last, or else its own; and of such the one served longest ago.
 */
export class OrderOfTurns {
  /** By the names of parts. */
  readonly worth = new WorthOfTries();
  readonly #servedAt = new Map<string, number>();
  #turn = 0;

  /** This turn is that of whoever has waited longest. */
  get isOfOldest(): boolean {
    return this.#turn % OLDEST_EVERY === OLDEST_EVERY - 1;
  }

  isProven({ name }: Part): boolean {
    return this.worth.of(name) < 0;
  }

  /** Of a network and an address in it. Proven ones are no better than new ones, or they could take all turns. */
  levelOf(...names: string[]): number {
    return Math.max(0, ...names.map((name) => this.worth.of(name)));
  }

  /** That of the best one who waits there. */
  levelOfWaiting(part: WaitingPart): number {
    if (this.worth.isEmpty) return 0;
    const inside = [...part.parts.values()].filter(({ waiting }) => waiting.size > 0);
    const best = Math.min(...inside.map((one) => this.levelOfWaiting(one)));
    return Math.max(this.levelOf(part.name), inside.length > 0 ? best : 0);
  }

  /** Of equal ones, the one that came first stays first. */
  isBefore(part: WaitingPart, other: WaitingPart): boolean {
    const better = this.levelOfWaiting(other) - this.levelOfWaiting(part);
    return better > 0 || (better === 0 && this.#isOlder(part, other));
  }

  /** In a full room a proven network stays before a new one. */
  givesUpBefore(part: Part, other: Part): boolean {
    const worse = this.worth.of(part.name) - this.worth.of(other.name);
    return worse > 0 || (worse === 0 && this.#isOlder(other, part));
  }

  serve(part: Part): void {
    this.#servedAt.set(part.name, this.#turn);
    this.#servedAt.set(this.#ownerOf(part), this.#turn);
  }

  nextTurn(): void {
    this.#turn += 1;
    if (this.#turn % MEMORY > 0) return;
    for (const name of this.#servedAt.keys())
      if (this.#ageOf(name) >= MEMORY) this.#servedAt.delete(name);
  }

  /** Where many networks are one company's, they take its turns. */
  #ownerOf({ name }: Part): string {
    return this.worth.companyOf(name) ?? name;
  }

  #isOlder(part: Part, other: Part): boolean {
    const older = this.#ageOf(this.#ownerOf(part)) - this.#ageOf(this.#ownerOf(other));
    return older > 0 || (older === 0 && this.#ageOf(part.name) > this.#ageOf(other.name));
  }

  #ageOf(name: string): number {
    return Math.min(MEMORY, this.#turn - (this.#servedAt.get(name) ?? -MEMORY));
  }
}
