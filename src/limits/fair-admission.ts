import { roomIn, type Room } from './room.js';
import { OrderOfTurns } from './order-of-turns.js';
import { forgetEmpty, keysOf, namesIn, PartOfRoom, type Where } from './part-of-room.js';
import type { Source } from './source.js';
import type { SignInProof } from './worth-of-tries.js';

type Condition<Place> = (part: PartOfRoom<Place>, level: number) => boolean;

type Admitted<Place> = { ok: true; displaced?: Place } | { ok: false };

/**
 * The order of work. Known sources and strangers take turns; among each, the network that was served
 * longest ago is next, then its client, then its actor; those of one company have a network's turns.
 * Strangers of networks with wrong tries come after the others, and every second stranger is of a
 * proven network, where one waits; every fifth turn is that of whoever has waited longest, so that
 * nobody is kept out by ever new ones. A full room gives another network's place to the newcomer
 * (`giverIn`), or does what a full part of it does: the client of a network, or the known actor of a
 * client, that holds most gives one to another that holds less.
 */
export class FairAdmission<Place extends { source: Source }> {
  readonly #lanes = {
    known: new PartOfRoom<Place>('known '),
    strange: new PartOfRoom<Place>('strange '),
  };
  readonly #working = new Set<Place>();
  readonly #order = new OrderOfTurns();
  #lastWasKnown = false;
  #lastStrangerWasProven = false;

  constructor(private readonly limits: Room) {}

  get #rules() {
    return { limits: this.limits, order: this.#order };
  }

  /** A stranger's wrong try, by which known browsers are not ordered, or one that let somebody in. */
  note(where: Where, proof?: SignInProof): void {
    const { known, strange } = this.#lanes;
    const { worth } = this.#order;
    const at = namesIn(strange, where);
    if (!proof) return worth.wrong(at);
    worth.right(at, proof.account);
    for (const lane of [known, strange])
      worth.belongsTo(lane.nameOf(where.network), lane.nameOf(`company ${proof.company}`));
  }

  enter(place: Place): Admitted<Place> {
    const parts = this.#partsOf(place.source);
    const found = roomIn(parts, place.source, this.#rules);
    if (found?.displaced) this.leave(found.displaced);
    if (found) for (const part of parts) part.waiting.add(place);
    forgetEmpty(parts, place.source);
    return found ? { ok: true, ...found } : { ok: false };
  }

  hasRoom(source: Source): boolean {
    const parts = this.#partsOf(source);
    const found = roomIn(parts, source, this.#rules);
    forgetEmpty(parts, source);
    return found !== undefined;
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

  get waitingInAll(): number {
    return this.waiting(true) + this.waiting(false);
  }

  /** Nobody waits, and there is a place at work. */
  wouldBegin(source: Source): boolean {
    const isFree = this.#working.size < this.limits.atOnce && this.waitingInAll === 0;
    return isFree && this.#mayBegin(source.network, this.#levelOf(source));
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
    const level = this.#levelOf(place.source);
    if (this.#working.delete(place)) for (const part of parts) part.working -= 1;
    else for (const part of parts) if (part.waiting.delete(place)) this.#order.serve(part, level);
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

  /** Whether one more of a network, and of such tries, may be at work. */
  #mayBegin(network: string, level: number): boolean {
    const { atOnce, atOnceOfNetwork = atOnce, atOnceOfGuessing = atOnce } = this.limits;
    const { known, strange } = this.#lanes;
    const working = (lane: PartOfRoom<Place>) => lane.parts.get(network)?.working ?? 0;
    if (working(known) + working(strange) >= atOnceOfNetwork) return false;
    return level === 0 || this.#guessing < atOnceOfGuessing;
  }

  #levelOf(source: Source): number {
    return this.#order.levelAt(namesIn(this.#lane(source.isKnown), source));
  }

  get #guessing(): number {
    return [...this.#working].filter(({ source }) => this.#levelOf(source) > 0).length;
  }

  #firstOf(lane: PartOfRoom<Place>): Place | undefined {
    const [oldest] = lane.waiting;
    if (!oldest) return undefined;
    const { source } = oldest;
    const { isOfOldest } = this.#order;
    if (isOfOldest && this.#mayBegin(source.network, this.#levelOf(source))) return oldest;
    const mayBegin: Condition<Place> = ({ key }, level) => this.#mayBegin(key, level);
    const isNext: Condition<Place> = (part, level) =>
      this.#order.isProven(part) && mayBegin(part, level);
    let part =
      (this.#lastStrangerWasProven ? undefined : this.#firstPart(lane, isNext)) ??
      this.#firstPart(lane, mayBegin);
    while (part && part.parts.size > 0) part = this.#firstPart(part);
    return part?.waiting.values().next().value;
  }

  /** The part in which the next one waits. Of equal ones, the one that came first stays first. */
  #firstPart(
    { parts }: PartOfRoom<Place>,
    condition: Condition<Place> = () => true,
  ): PartOfRoom<Place> | undefined {
    let first: PartOfRoom<Place> | undefined;
    let best = Infinity;
    for (const part of parts.values()) {
      if (part.waiting.size === 0) continue;
      const level = this.#order.levelOfWaiting(part);
      const isBefore = level < best || (level === best && this.#order.isOlder(part, first!, level));
      if (isBefore && condition(part, level)) [first, best] = [part, level];
    }
    return first;
  }

  #remember([, ...parts]: PartOfRoom<Place>[], source: Source): void {
    const { isKnown } = source;
    this.#order.nextTurn();
    this.#lastWasKnown = isKnown;
    if (!isKnown) this.#lastStrangerWasProven = this.#order.isProven(parts[0]!);
    for (const part of parts) this.#order.serve(part, this.#levelOf(source));
  }
}
