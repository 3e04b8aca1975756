import { BITS, type Family, type Network } from './network.js';

/** The fewest networks that together contain exactly the addresses from `first` to `last`. */
export function networksOfRange(family: Family, first: bigint, last: bigint): Network[] {
  const networks: Network[] = [];
  for (let next = first; next <= last;) {
    const free = Math.min(zerosAtEnd(next, family), largestIn(last - next + 1n));
    networks.push({ family, first: next, length: BITS[family] - free });
    next += 1n << BigInt(free);
  }
  return networks;
}

/** The most bits that may be free in a network that begins there. */
function zerosAtEnd(first: bigint, family: Family): number {
  const bits = first.toString(2);
  return first === 0n ? BITS[family] : bits.length - 1 - bits.lastIndexOf('1');
}

/** The most bits whose addresses are no more than these. */
function largestIn(addresses: bigint): number {
  return addresses.toString(2).length - 1;
}
