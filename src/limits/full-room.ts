import type { OrderOfTurns } from './order-of-turns.js';
import type { PartOfRoom } from './part-of-room.js';

type Part = Pick<PartOfRoom<unknown>, 'name' | 'waiting'>;

/** So much of a room is a large part: it goes to worse networks, too, and takes none from smaller ones. */
const LARGE = 1 / 4;

/** The part that holds most of those where somebody waits; of equal ones, the one that came last. */
export function largest<P extends Part>(parts: Iterable<P>): P | undefined {
  let most: P | undefined;
  for (const part of parts)
    if (part.waiting.size > 0 && part.waiting.size >= (most?.waiting.size ?? 0)) most = part;
  return most;
}

export function holdsLess(own: Part, than: Part): boolean {
  return own.waiting.size + 1 < than.waiting.size;
}

/**
 * The network that gives up a place of a full room to the newcomer's: one with a large part of it, or
 * else the worst; of equals the one that holds more, or, where all hold as many, the one that was
 * served last, so that many networks keep no new one out.
 */
export function giverIn<P extends Part>(
  networks: Iterable<P>,
  own: P,
  { order, room }: { order: OrderOfTurns; room: number },
): P | undefined {
  const isLarge = ({ waiting }: Part) => waiting.size > room * LARGE;
  const others = [...networks].filter((part) => part !== own && part.waiting.size > 0);
  const most = largest(others);
  if (most && isLarge(most) && holdsLess(own, most)) return most;
  const levels = others.map((part) => order.levelOf(part));
  const [level, ownLevel] = [Math.max(...levels), order.levelOf(own)];
  const worst = largest(others.filter((_, index) => levels[index] === level));
  if (worst && (level > ownLevel ? !isLarge(own) : level === ownLevel && holdsLess(own, worst)))
    return worst;
  if (own.waiting.size > 0) return undefined;
  const last = others.reduce((a, b) => (order.givesUpBefore(b, a) ? b : a), own);
  return last === own ? undefined : last;
}
