import { forgetEmpty, keysOf, PartOfRoom } from './part-of-room.js';
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

/** A source that was served so many turns ago counts as new. */
const MEMORY = 1_024;
/** Odd, so that both lanes have their part of it. */
const OLDEST_EVERY = 5;
const [LANE, CLIENT, ACTOR] = [0, 2, 3];

/**
 * The order of work. Known sources and strangers take turns; among each, the network that was served
 * longest ago is next, then its client, then its actor; at every fifth turn whoever has waited longest,
 * so that nobody who came before is kept out by ever new ones. Nobody holds more than a part of a room.
 * A full room gives a place of the network that holds most to one that holds less, and a full part
 * of it does the same among the clients of a network and the known actors of a client.
 */
export class FairAdmission<Place extends { source: Source }> {
  readonly #lanes = { known: new PartOfRoom<Place>(), strange: new PartOfRoom<Place>() };
  readonly #working = new Set<Place>();
  readonly #servedAt = new Map<string, number>();
  #turn = 0;
  #lastWasKnown = false;

  constructor(private readonly limits: Room) {}

  enter(place: Place): Admitted<Place> {
    const parts = this.#partsOf(place.source);
    const narrowest = this.#narrowestFull(parts, place.source);
    const displaced = narrowest < 0 ? undefined : this.#displace(parts, narrowest, place.source);
    const isIn = narrowest < 0 || displaced !== undefined;
    if (isIn) for (const part of parts) part.waiting.add(place);
    forgetEmpty(parts, place.source);
    return isIn ? { ok: true, ...(displaced && { displaced }) } : { ok: false };
  }

  next(): Place | undefined {
    if (this.#working.size >= this.limits.atOnce) return undefined;
    const { known, strange } = this.#lanes;
    const lanes = this.#lastWasKnown ? [strange, known] : [known, strange];
    const place = this.#firstOf(lanes[0]!) ?? this.#firstOf(lanes[1]!);
    if (!place) return undefined;
    const parts = this.#partsOf(place.source);
    for (const part of parts) part.waiting.delete(place);
    this.#works(place, parts);
    this.#remember(parts, place.source);
    return place;
  }

  get isWaitedFor(): boolean {
    return this.waiting(true) + this.waiting(false) > 0;
  }

  /** Nobody waits, and there is a place at work. */
  wouldBegin(source: Source): boolean {
    const isFree = this.#working.size < this.limits.atOnce && !this.isWaitedFor;
    return isFree && this.#mayBegin(source.network);
  }

  waiting(isKnown: boolean): number {
    return this.#lane(isKnown).waiting.size;
  }

  /** Who left for a while works again, at once. */
  goOn(place: Place): void {
    if (!this.#working.has(place)) this.#works(place, this.#partsOf(place.source));
  }

  /** Whoever waited in vain had their chance: others who did not go before them. */
  leave(place: Place): void {
    const parts = this.#partsOf(place.source);
    if (this.#working.delete(place)) for (const part of parts) part.working -= 1;
    else for (const part of parts) if (part.waiting.delete(place)) this.#serve(part);
    forgetEmpty(parts, place.source);
  }

  #works(place: Place, parts: PartOfRoom<Place>[]): void {
    this.#working.add(place);
    for (const part of parts) part.working += 1;
  }

  #lane(isKnown: boolean): PartOfRoom<Place> {
    return isKnown ? this.#lanes.known : this.#lanes.strange;
  }

  /** From the widest to the narrowest. */
  #partsOf(source: Source): PartOfRoom<Place>[] {
    const parts = [this.#lane(source.isKnown)];
    for (const key of keysOf(source)) parts.push(parts.at(-1)!.of(key));
    return parts;
  }

  #mayBegin(network: string): boolean {
    const { known, strange } = this.#lanes;
    const ofSame = [known, strange].map((lane) => lane.parts.get(network)?.working ?? 0);
    return ofSame[0]! + ofSame[1]! < (this.limits.atOnceOfNetwork ?? this.limits.atOnce);
  }

  #firstOf(lane: PartOfRoom<Place>): Place | undefined {
    const [oldest] = lane.waiting;
    if (!oldest) return undefined;
    if (this.#turn % OLDEST_EVERY === OLDEST_EVERY - 1 && this.#mayBegin(oldest.source.network))
      return oldest;
    let part = this.#servedLongestAgo(lane, (network) => this.#mayBegin(network));
    while (part && part.parts.size > 0) part = this.#servedLongestAgo(part);
    return part?.waiting.values().next().value;
  }

  /** Of equal ones, the one that came first stays first. */
  #servedLongestAgo(
    { parts }: PartOfRoom<Place>,
    mayBegin: (key: string) => boolean = () => true,
  ): PartOfRoom<Place> | undefined {
    let first: PartOfRoom<Place> | undefined;
    for (const [key, part] of parts) {
      if (part.waiting.size === 0 || !mayBegin(key)) continue;
      if (!first || this.#ageOf(part.name) > this.#ageOf(first.name)) first = part;
    }
    return first;
  }

  /** Those at work have left the room, but count for their network and what is in it. */
  #narrowestFull([lane, ...narrower]: PartOfRoom<Place>[], { isKnown }: Source): number {
    const { room, ofNetwork, ofClient, ofActor } = this.limits;
    const most = [room, ofNetwork, ofClient, ...(isKnown ? [ofActor] : [])];
    const sizes = [lane!.waiting.size, ...narrower.map(({ size }) => size)];
    return most.findLastIndex((limit, level) => sizes[level]! >= limit);
  }

  /**
   * The newest place that waits of the part that holds most, unless the newcomer's would then hold
   * as many: of the widest part that is full, and then of the narrower ones. In a room where all
   * hold as many, of the network that was served last, so that many networks keep no new one out.
   */
  #displace(parts: PartOfRoom<Place>[], narrowest: number, { isKnown }: Source): Place | undefined {
    for (let level = narrowest; level < (isKnown ? ACTOR : CLIENT); level += 1) {
      const own = parts[level + 1]!;
      const sizeOf = (part: PartOfRoom<Place>) => (level === LANE ? part.waiting.size : part.size);
      let most = own;
      for (const part of parts[level]!.parts.values()) if (sizeOf(part) > sizeOf(most)) most = part;
      const isMore = sizeOf(most) > sizeOf(own) + 1;
      const from = isMore ? most : level === LANE ? this.#servedLaterThan(own, parts[LANE]!) : own;
      const displaced = from === own ? undefined : [...from.waiting].at(-1);
      if (displaced) this.leave(displaced);
      if (displaced) return displaced;
    }
    return undefined;
  }

  #servedLaterThan(own: PartOfRoom<Place>, lane: PartOfRoom<Place>): PartOfRoom<Place> {
    let last = own;
    if (own.waiting.size > 0) return own;
    for (const part of lane.parts.values())
      if (part.waiting.size > 0 && this.#ageOf(part.name) < this.#ageOf(last.name)) last = part;
    return last;
  }

  #ageOf(name: string): number {
    return Math.min(MEMORY, this.#turn - (this.#servedAt.get(name) ?? -MEMORY));
  }

  #serve({ name }: PartOfRoom<Place>): void {
    this.#servedAt.set(name, this.#turn);
  }

  #remember([, ...parts]: PartOfRoom<Place>[], source: Source): void {
    this.#turn += 1;
    this.#lastWasKnown = source.isKnown;
    for (const part of parts) this.#serve(part);
    if (this.#turn % MEMORY > 0) return;
    for (const name of this.#servedAt.keys())
      if (this.#ageOf(name) >= MEMORY) this.#servedAt.delete(name);
  }
}
