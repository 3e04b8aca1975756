import { isIP } from 'node:net';
import { unmapped } from '../../web/client-address.js';

export type Family = 4 | 6;

/** A network by its first address, as a number, and how many of its leading bits are fixed. */
export interface Network {
  family: Family;
  first: bigint;
  length: number;
}

/** How many bits an address of the family has. */
export const BITS = { 4: 32, 6: 128 } as const;

/** One address in its strict form; `::ffff:` forms are IPv4. Undefined for whatever is none. */
export function readAddress(text: string): { family: Family; value: bigint } | undefined {
  if (isIP(text) === 0 || text.includes('%')) return undefined;
  const plain = unmapped(text);
  if (isIP(plain) === 4) return { family: 4, value: valueOf(plain.split('.').map(Number), 8n) };
  return { family: 6, value: valueOf(hextets(plain), 16n) };
}

/**
 * A network as the database and pages write it: `192.0.2.0/24`, `2001:db8::/64`.
 * @throws Error when it is none: such text comes from here or from the database only
 */
export function networkFrom(text: string): Network {
  const [address = '', length] = text.split('/');
  const read = readAddress(address);
  if (!read) throw new Error(`${text} is no network`);
  return networkAt(read.family, read.value, Number(length ?? BITS[read.family]));
}

/** The network of this length that an address lies in. */
export function networkAt(family: Family, address: bigint, length: number): Network {
  const free = BigInt(BITS[family] - length);
  return { family, first: (address >> free) << free, length };
}

/** Always with its length, so that one address is `192.0.2.5/32`. */
export function networkText({ family, first, length }: Network): string {
  return `${addressText(family, first)}/${length}`;
}

/** Whether every address of the second network is one of the first. */
export function covers(network: Network, other: Network): boolean {
  return (
    network.family === other.family &&
    network.length <= other.length &&
    networkAt(other.family, other.first, network.length).first === network.first
  );
}

/**
 * What to register for somebody who comes from this address: an IPv4 address alone, and the /64 of
 * an IPv6 one, whose lower half changes with each device and day.
 */
export function networkToRegister(address: string): string {
  const read = readAddress(address);
  if (!read) throw new Error(`${address} is no address`);
  return networkText(networkAt(read.family, read.value, read.family === 4 ? 32 : 64));
}

/** In the form of RFC 5952: the longest run of zeros is left out. */
export function addressText(family: Family, value: bigint): string {
  if (family === 4) return partsOf(value, 4, 8n).join('.');
  const parts = partsOf(value, 8, 16n).map((part) => part.toString(16));
  const runs = [...parts.join(':').matchAll(/(?<![\da-f])0(?::0)+(?![\da-f])/g)].map(String);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return parts.join(':');
  const outside = new RegExp(`(?:^|:)(?<![\\da-f])${longest}(?![\\da-f])(?::|$)`);
  return parts.join(':').replace(outside, '::');
}

function partsOf(value: bigint, count: number, bits: bigint): number[] {
  return Array.from({ length: count }, (_, place) =>
    Number((value >> (BigInt(count - 1 - place) * bits)) & ((1n << bits) - 1n)),
  );
}

function valueOf(parts: number[], bits: bigint): bigint {
  return parts.reduce((value, part) => (value << bits) | BigInt(part), 0n);
}

function hextets(address: string): number[] {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const plain = dotted ? address.slice(0, dotted.index) + pairs(dotted.slice(1)) : address;
  const [head = '', tail] = plain.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array<string>(8 - head.length - (tail?.length ?? 0)).fill('0');
  return [...head, ...zeros, ...(tail ?? [])].map((part) => parseInt(part, 16));
}

function pairs([a, b, c, d]: string[]): string {
  return [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)]
    .map((part) => part.toString(16))
    .join(':');
}
