import { networkAt, networkFrom, readAddress, type Family } from './network.js';

/**
 * Finds the entry that admits an address, for testers and replays: the most specific one. Built
 * once for a list, it looks up one address for each length of network that the list has.
 */
export class Matcher<E extends { network: string }> {
  readonly #entries = new Map<string, E>();
  readonly #lengths: Record<Family, number[]> = { 4: [], 6: [] };

  constructor(entries: readonly E[]) {
    for (const entry of entries) {
      const { family, first, length } = networkFrom(entry.network);
      const key = `${family}/${length}/${first}`;
      if (!this.#entries.has(key)) this.#entries.set(key, entry);
      if (!this.#lengths[family].includes(length)) this.#lengths[family].push(length);
    }
    for (const lengths of Object.values(this.#lengths)) lengths.sort((a, b) => b - a);
  }

  /** Undefined when nothing admits it, or when it is no address. */
  find(address: string): E | undefined {
    const read = readAddress(address);
    if (!read) return undefined;
    const { family, value } = read;
    for (const length of this.#lengths[family]) {
      const found = this.#entries.get(
        `${family}/${length}/${networkAt(family, value, length).first}`,
      );
      if (found) return found;
    }
    return undefined;
  }
}

/** Which of the entries admits the address; `network` as `readNetwork` returns it. */
export function admits<E extends { network: string }>(
  entries: readonly E[],
  address: string,
): E | undefined {
  return new Matcher(entries).find(address);
}
