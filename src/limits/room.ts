import type { OrderOfTurns } from './order-of-turns.js';
import type { PartOfRoom } from './part-of-room.js';
import type { Source } from './source.js';

/** How many may work or wait at once. Known sources and strangers wait in a room each. */
export interface Room {
  atOnce: number;
  /** Absent: one network may have all of them. */
  atOnceOfNetwork?: number;
  /** Of all networks whose strangers' tries were wrong. Absent: all of them. */
  atOnceOfGuessing?: number;
  room: number;
  /** Absent, here and below: all of the room, while nobody else needs it. */
  ofNetwork?: number;
  ofClient?: number;
  /** Of a known source only: strangers type other people's login IDs. */
  ofActor?: number;
}

interface Rules {
  limits: Room;
  order: OrderOfTurns;
}

type Part = Pick<PartOfRoom<unknown>, 'name' | 'parts' | 'depth' | 'waiting'>;

const [LANE, CLIENT, ACTOR] = [0, 2, 3];

/** So much of a room is a large part: it goes to worse networks, too, and takes none from smaller ones. */
const LARGE = 1 / 4;

/** The part that holds most of those where somebody waits; of equal ones, the one that came last. */
function largest<P extends Part>(parts: Iterable<P>): P | undefined {
  let most: P | undefined;
  for (const part of parts)
    if (part.waiting.size > 0 && part.waiting.size >= (most?.waiting.size ?? 0)) most = part;
  return most;
}

function holdsLess(own: Part, than: Part): boolean {
  return own.waiting.size + 1 < than.waiting.size;
}

/**
 * The network that gives up a place of a full room to the newcomer's: one with a large part of it, or
 * else the worst; of equals the one that holds more, or, where all hold as many, the one that was
 * served last, so that many networks keep no new one out.
 */
function giverIn<P extends Part>(
  networks: Iterable<P>,
  own: P,
  ownLevel: number,
  { order, limits: { room } }: Rules,
): P | undefined {
  const isLarge = ({ waiting }: Part) => waiting.size > room * LARGE;
  const others = [...networks].filter((part) => part !== own && part.waiting.size > 0);
  const most = largest(others);
  if (most && isLarge(most) && holdsLess(own, most)) return most;
  const levels = others.map((part) => order.levelOfWaiting(part));
  const level = Math.max(...levels);
  const worst = largest(others.filter((_, index) => levels[index] === level));
  if (worst && (level > ownLevel ? !isLarge(own) : level === ownLevel && holdsLess(own, worst)))
    return worst;
  if (own.waiting.size > 0) return undefined;
  const last = others.reduce((a, b) => (order.givesUpBefore(b, a) ? b : a), own);
  return last === own ? undefined : last;
}

/** Those at work have left the room, but count for their network and what is in it. */
function narrowestFull<Place>(
  [lane, ...narrower]: PartOfRoom<Place>[],
  { isKnown }: Source,
  { room, ofNetwork = Infinity, ofClient = Infinity, ofActor = Infinity }: Room,
): number {
  const most = [room, ofNetwork, ofClient, ...(isKnown ? [ofActor] : [])];
  const sizes = [lane!.waiting.size, ...narrower.map(({ size }) => size)];
  return most.findLastIndex((limit, level) => sizes[level]! >= limit);
}

function giver<Place>(
  level: number,
  parts: PartOfRoom<Place>[],
  rules: Rules,
): PartOfRoom<Place> | undefined {
  const [own, others] = [parts[level + 1]!, parts[level]!.parts.values()];
  if (level === LANE)
    return giverIn(
      others,
      own,
      rules.order.levelAt({ network: own.name, client: parts[CLIENT]!.name }),
      rules,
    );
  const most = largest(others);
  return most && holdsLess(own, most) ? most : undefined;
}

/**
 * Where there is no room, the newest place of whoever gives one up in the widest part that is full, or
 * else in a narrower one. A network gives that of its client that holds most.
 * @param parts from the widest to the narrowest
 * @returns nothing where nobody gives up a place
 */
export function roomIn<Place>(
  parts: PartOfRoom<Place>[],
  source: Source,
  rules: Rules,
): { displaced?: Place } | undefined {
  const narrowest = narrowestFull(parts, source, rules.limits);
  if (narrowest < 0) return {};
  const narrowestOfSource = source.isKnown ? ACTOR : CLIENT;
  for (let level = narrowest; level < narrowestOfSource; level += 1) {
    let from = giver(level, parts, rules);
    for (let inside = level + 1; from && inside < narrowestOfSource; inside += 1)
      from = largest(from.parts.values());
    const displaced = from && [...from.waiting].at(-1);
    if (displaced) return { displaced };
  }
  return undefined;
}
