import { BITS, covers, networkFrom, readAddress, type Network } from './network.js';

export class Matcher<E extends { network: string }> {
  readonly #entries: { entry: E; network: Network }[];

  constructor(entries: readonly E[]) {
    this.#entries = entries
      .map((entry) => ({ entry, network: networkFrom(entry.network) }))
      .sort((a, b) => b.network.length - a.network.length);
  }

  find(address: string): E | undefined {
    const read = readAddress(address);
    if (!read) return undefined;
    const alone = { family: read.family, first: read.value, length: BITS[read.family] };
    return this.#entries.find(({ network }) => covers(network, alone))?.entry;
  }
}

export function admits<E extends { network: string }>(
  entries: readonly E[],
  address: string,
): E | undefined {
  return new Matcher(entries).find(address);
}
