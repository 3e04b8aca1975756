import type { Source } from './source.js';
import type { TriedAt } from './worth-of-tries.js';

export type Where = Pick<Source, 'network' | 'client'>;

/** How deep a network stands in a lane. */
export const NETWORK = 1;

/** Those of a lane, of a network in it, of a client in that, or of an actor in that. */
export class PartOfRoom<Place> {
  readonly parts = new Map<string, PartOfRoom<Place>>();
  /** In the order of arrival, with those of its parts. */
  readonly waiting = new Set<Place>();
  working = 0;

  /** @param depth 0 for a lane */
  constructor(
    readonly key: string,
    readonly name = key,
    readonly depth = 0,
  ) {}

  get size(): number {
    return this.waiting.size + this.working;
  }

  of(key: string): PartOfRoom<Place> {
    const known = this.parts.get(key);
    if (known) return known;
    const made = new PartOfRoom<Place>(key, this.nameOf(key), this.depth + 1);
    this.parts.set(key, made);
    return made;
  }

  nameOf(key: string): string {
    return `${this.name}${key} `;
  }
}

/** From the widest to the narrowest, within a lane. */
export const keysOf = ({ network, client, actor }: Source) => [network, client, actor];

/** What a network and an address in it are called in a lane, also while they hold no place. */
export function namesIn<Place>(lane: PartOfRoom<Place>, { network, client }: Where): TriedAt {
  const name = lane.nameOf(network);
  return { network: name, client: `${name}${client} ` };
}

/** @param parts from the widest to the narrowest */
export function forgetEmpty<Place>(parts: PartOfRoom<Place>[], source: Source): void {
  for (const [level, key] of keysOf(source).entries())
    if (parts[level + 1]!.size === 0) parts[level]!.parts.delete(key);
}
