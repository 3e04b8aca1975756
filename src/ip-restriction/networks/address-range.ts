import { BITS, type Family, type Network } from './network.js';

/** The fewest networks that together contain exactly the addresses from `first` to `last`. */
export function networksOfRange(family: Family, first: bigint, last: bigint): Network[] {
  const networks: Network[] = [];
  for (let next = first; next <= last;) {
    let free = 0;
    while (free < BITS[family] && fits(next, free + 1, last)) free += 1;
    networks.push({ family, first: next, length: BITS[family] - free });
    next += 1n << BigInt(free);
  }
  return networks;
}

function fits(first: bigint, free: number, last: bigint): boolean {
  const size = 1n << BigInt(free);
  return first % size === 0n && first + size - 1n <= last;
}
