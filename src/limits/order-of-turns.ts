import { NETWORK, type PartOfRoom } from './part-of-room.js';
import { WorthOfTries, type TriedAt } from './worth-of-tries.js';

type Part = Pick<PartOfRoom<unknown>, 'name'>;
type WaitingPart = Pick<PartOfRoom<unknown>, 'name' | 'parts' | 'depth'>;

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

  /** Of a network or an address. Proven ones are no better than new ones, or they could take all turns. */
  levelOf(name: string): number {
    return Math.max(0, this.worth.of(name));
  }

  /** Of whoever asks at an address of a network. */
  levelAt({ network, client }: TriedAt): number {
    return Math.max(this.levelOf(network), this.levelOf(client));
  }

  /** Of a network, that of the best address that waits there; of an address, its own. */
  levelOfWaiting({ name, parts, depth }: WaitingPart): number {
    const own = this.levelOf(name);
    if (depth !== NETWORK) return own;
    let best = Infinity;
    for (const { name: client, waiting } of parts.values()) {
      if (waiting.size > 0) best = Math.min(best, this.levelOf(client));
      if (best <= own) return own;
    }
    return best === Infinity ? own : best;
  }

  /** In a full room a proven network stays before a new one. */
  givesUpBefore(part: Part, other: Part): boolean {
    const [worth, level] = [this.worth.of(part.name), this.levelOf(part.name)];
    const worse = worth - this.worth.of(other.name);
    return worse > 0 || (worse === 0 && this.isOlder(other, part, level));
  }

  /** A guesser's turns are not those of his neighbours, who come before him. */
  serve(part: Part, level: number): void {
    for (const name of [part.name, this.#ownerOf(part)])
      this.#servedAt.set(turnsOf(name, level), this.#turn);
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

  /** Whether it was served longer ago, at their level. */
  isOlder(part: Part, other: Part, level: number): boolean {
    const age = (name: string) => this.#ageOf(turnsOf(name, level));
    const older = age(this.#ownerOf(part)) - age(this.#ownerOf(other));
    return older > 0 || (older === 0 && age(part.name) > age(other.name));
  }

  #ageOf(name: string): number {
    return Math.min(MEMORY, this.#turn - (this.#servedAt.get(name) ?? -MEMORY));
  }
}

const turnsOf = (name: string, level: number) => (level > 0 ? `${name}guessing` : name);
