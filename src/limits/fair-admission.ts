import type { Source } from './source.js';

/** How many may work or wait at once. Known sources and strangers wait in a room each. */
export interface Room {
  atOnce: number;
  room: number;
  ofNetwork: number;
  ofClient: number;
  /** Of a known source only: strangers type other people's login IDs. */
  ofActor: number;
}

export type Admitted<Place> = { ok: true; displaced?: Place } | { ok: false };

/** A source that was served so many turns ago counts as new. */
const MEMORY = 64;

/**
 * The order of work. Known sources and strangers take turns; among each, the network that was served
 * longest ago is next, then its client, then its actor. Nobody holds more than a part of a room,
 * and a full room gives a place of the network that holds most to one that holds less.
 */
export class FairAdmission<Place extends { source: Source }> {
  /** In the order of arrival. */
  #waiting: Place[] = [];
  readonly #working = new Set<Place>();
  readonly #servedAt = new Map<string, number>();
  #turn = 0;
  #lastWasKnown = false;

  constructor(private readonly limits: Room) {}

  enter(place: Place): Admitted<Place> {
    const { isKnown, network, client, actor } = place.source;
    const { room, ofNetwork, ofClient, ofActor } = this.limits;
    const peers = [...this.#waiting, ...this.#working]
      .map(({ source }) => source)
      .filter((source) => source.isKnown === isKnown && source.network === network);
    const ofSameClient = peers.filter((peer) => peer.client === client);
    const ofSameActor = ofSameClient.filter((peer) => peer.actor === actor);
    if (peers.length >= ofNetwork || ofSameClient.length >= ofClient) return { ok: false };
    if (isKnown && ofSameActor.length >= ofActor) return { ok: false };
    const displaced = this.#lane(isKnown).length < room ? undefined : this.#displace(place.source);
    if (displaced === 'nobody') return { ok: false };
    this.#waiting.push(place);
    return displaced ? { ok: true, displaced } : { ok: true };
  }

  next(): Place | undefined {
    if (this.#working.size >= this.limits.atOnce) return undefined;
    const [known, strangers] = [this.#lane(true), this.#lane(false)];
    const isKnownsTurn = known.length > 0 && (strangers.length === 0 || !this.#lastWasKnown);
    const [first, ...others] = isKnownsTurn ? known : strangers;
    if (!first) return undefined;
    const place = others.reduce((a, b) => (this.#isBefore(b.source, a.source) ? b : a), first);
    this.#waiting = this.#waiting.filter((other) => other !== place);
    this.#working.add(place);
    this.#remember(place.source);
    return place;
  }

  waiting(isKnown: boolean): number {
    return this.#lane(isKnown).length;
  }

  leave(place: Place): void {
    this.#working.delete(place);
    this.#waiting = this.#waiting.filter((other) => other !== place);
  }

  #lane(isKnown: boolean): Place[] {
    return this.#waiting.filter(({ source }) => source.isKnown === isKnown);
  }

  /** The newest place of the network that holds most, unless the newcomer's would then hold as many. */
  #displace({ isKnown, network }: Source): Place | 'nobody' {
    const networks = Map.groupBy(this.#lane(isKnown), ({ source }) => source.network);
    const [most = []] = [...networks.values()].toSorted((a, b) => b.length - a.length);
    const own = networks.get(network)?.length ?? 0;
    if (most.length <= own + 1) return 'nobody';
    const displaced = most.at(-1)!;
    this.leave(displaced);
    return displaced;
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

function keysOf({ network, client, actor }: Source): string[] {
  return [network, `${network} ${client}`, `${network} ${client} ${actor}`];
}
