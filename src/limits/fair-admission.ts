import type { Source } from './source.js';

/** How many may work or wait at once. Known sources and strangers wait in a room each. */
export interface Room {
  atOnce: number;
  /** Absent: one network may have all of them. */
  atOnceOfNetwork?: number;
  room: number;
  ofNetwork: number;
  ofClient: number;
  /** Of a known source only: strangers type other people's login IDs. */
  ofActor: number;
}

export type Admitted<Place> = { ok: true; displaced?: Place } | { ok: false };

/** Places that count together; a full one is shared between the values of `key`. */
type Level<Place> = { places: Place[]; most: number } & (
  { key: 'network' | 'client' | 'actor'; own: string } | { key?: never; own?: never }
);

/** A source that was served so many turns ago counts as new. */
const MEMORY = 1_024;

/**
 * The order of work. Known sources and strangers take turns; among each, the network that was served
 * longest ago is next, then its client, then its actor. Nobody holds more than a part of a room.
 * A full room gives a place of the network that holds most to one that holds less, and a full part
 * of it does the same among the clients of a network and the known actors of a client.
 */
export class FairAdmission<Place extends { source: Source }> {
  /** In the order of arrival. */
  readonly #waiting = new Set<Place>();
  readonly #working = new Set<Place>();
  readonly #servedAt = new Map<string, number>();
  #turn = 0;
  #lastWasKnown = false;

  constructor(private readonly limits: Room) {}

  enter(place: Place): Admitted<Place> {
    const levels = this.#levelsOf(place.source);
    const narrowest = levels.findLastIndex(({ places, most }) => places.length >= most);
    const displaced = narrowest < 0 ? undefined : this.#displace(levels.slice(narrowest));
    if (narrowest >= 0 && !displaced) return { ok: false };
    this.#waiting.add(place);
    return displaced ? { ok: true, displaced } : { ok: true };
  }

  next(): Place | undefined {
    if (this.#working.size >= this.limits.atOnce) return undefined;
    let known: Place | undefined;
    let stranger: Place | undefined;
    for (const place of this.#waiting) {
      if (!this.#mayBegin(place.source)) continue;
      if (place.source.isKnown) known = this.#first(known, place);
      else stranger = this.#first(stranger, place);
    }
    const place = known && (!stranger || !this.#lastWasKnown) ? known : stranger;
    if (!place) return undefined;
    this.#waiting.delete(place);
    this.#working.add(place);
    this.#remember(place.source);
    return place;
  }

  get isWaitedFor(): boolean {
    return this.#waiting.size > 0;
  }

  /** Nobody waits, and there is a place at work. */
  wouldBegin(source: Source): boolean {
    const isFree = this.#working.size < this.limits.atOnce && this.#waiting.size === 0;
    return isFree && this.#mayBegin(source);
  }

  waiting(isKnown: boolean): number {
    return this.#lane(isKnown).length;
  }

  /** Who left for a while works again, at once. */
  goOn(place: Place): void {
    this.#working.add(place);
  }

  leave(place: Place): void {
    this.#working.delete(place);
    this.#waiting.delete(place);
  }

  #lane(isKnown: boolean): Place[] {
    return [...this.#waiting].filter(({ source }) => source.isKnown === isKnown);
  }

  #mayBegin({ network }: Source): boolean {
    const { atOnceOfNetwork = this.limits.atOnce } = this.limits;
    let ofSame = 0;
    for (const { source } of this.#working) if (source.network === network) ofSame += 1;
    return ofSame < atOnceOfNetwork;
  }

  #first(a: Place | undefined, b: Place): Place {
    return a && !this.#isBefore(b.source, a.source) ? a : b;
  }

  /** What the newcomer shares with others, from the widest to the narrowest. */
  #levelsOf({ isKnown, network, client, actor }: Source): Level<Place>[] {
    const { room, ofNetwork, ofClient, ofActor } = this.limits;
    const ofSameNetwork = [...this.#waiting, ...this.#working].filter(
      ({ source }) => source.isKnown === isKnown && source.network === network,
    );
    const ofSameClient = ofSameNetwork.filter(({ source }) => source.client === client);
    const ofSameActor = ofSameClient.filter(({ source }) => source.actor === actor);
    const levels: Level<Place>[] = [
      { places: this.#lane(isKnown), most: room, key: 'network', own: network },
      { places: ofSameNetwork, most: ofNetwork, key: 'client', own: client },
    ];
    if (!isKnown) return [...levels, { places: ofSameClient, most: ofClient }];
    return [
      ...levels,
      { places: ofSameClient, most: ofClient, key: 'actor', own: actor },
      { places: ofSameActor, most: ofActor },
    ];
  }

  /**
   * The newest place that waits of the part that holds most, unless the newcomer's would then hold
   * as many: of the widest level where there is one.
   */
  #displace(levels: Level<Place>[]): Place | undefined {
    for (const { places, key, own } of levels) {
      if (!key) return undefined;
      const parts = Map.groupBy(places, ({ source }) => source[key]);
      const [most = []] = [...parts.values()].toSorted((a, b) => b.length - a.length);
      if (most.length <= (parts.get(own)?.length ?? 0) + 1) continue;
      const displaced = most.findLast((place) => !this.#working.has(place));
      if (displaced) this.leave(displaced);
      if (displaced) return displaced;
    }
    return undefined;
  }

  /** Of equal ones, the one that came first stays first. */
  #isBefore(a: Source, b: Source): boolean {
    const ofB = keysOf(b);
    for (const [level, key] of keysOf(a).entries()) {
      const difference = this.#ageOf(key) - this.#ageOf(ofB[level]!);
      if (difference !== 0) return difference > 0;
    }
    return false;
  }

  #ageOf(key: string): number {
    return Math.min(MEMORY, this.#turn - (this.#servedAt.get(key) ?? -MEMORY));
  }

  #remember(source: Source): void {
    this.#turn += 1;
    this.#lastWasKnown = source.isKnown;
    for (const key of keysOf(source)) this.#servedAt.set(key, this.#turn);
    if (this.#turn % MEMORY > 0) return;
    for (const key of this.#servedAt.keys())
      if (this.#ageOf(key) >= MEMORY) this.#servedAt.delete(key);
  }
}

/** In a flood each turn compares all that wait. */
const keys = new WeakMap<Source, string[]>();

function keysOf(source: Source): string[] {
  const known = keys.get(source);
  if (known) return known;
  const { network, client, actor } = source;
  const made = [network, `${network} ${client}`, `${network} ${client} ${actor}`];
  keys.set(source, made);
  return made;
}
