import ipaddr from 'ipaddr.js';
import { parseAddress } from '../../web/requests/client-address.js';

export type Family = 4 | 6;

/** A network by its first address, as a number, and how many of its leading bits are fixed. */
export interface Network {
  family: Family;
  first: bigint;
  length: number;
}

export const BITS = { 4: 32, 6: 128 } as const;

/** One address as a number; `::ffff:` forms are IPv4. Undefined when the text is no address. */
export function readAddress(text: string): { family: Family; value: bigint } | undefined {
  const bytes = parseAddress(text)?.toByteArray();
  if (!bytes) return undefined;
  const value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  return { family: bytes.length === 4 ? 4 : 6, value };
}

/**
 * A network as the database and pages write it: `192.0.2.0/24`, `2001:db8::/64`.
 * @throws Error for any other text: only our own code and the database call with one
 */
export function networkFrom(text: string): Network {
  const [address = '', length] = text.split('/');
  const read = readAddress(address);
  if (!read) throw new Error(`${text} is no network`);
  return networkAt(read.family, read.value, Number(length ?? BITS[read.family]));
}

export function networkAt(family: Family, address: bigint, length: number): Network {
  const free = BigInt(BITS[family] - length);
  return { family, first: (address >> free) << free, length };
}

/** Always with its length, so that one address is `192.0.2.5/32`. */
export function networkText({ family, first, length }: Network): string {
  return `${addressText(family, first)}/${length}`;
}

/** In the form of RFC 5952, as the database writes it too. */
export function addressText(family: Family, value: bigint): string {
  const hex = value.toString(16).padStart(BITS[family] / 4, '0');
  return ipaddr.fromByteArray([...Buffer.from(hex, 'hex')]).toString();
}

/** True when every address of the second network is in the first. */
export function covers(network: Network, other: Network): boolean {
  return (
    network.family === other.family &&
    network.length <= other.length &&
    networkAt(other.family, other.first, network.length).first === network.first
  );
}

/**
 * The network to register for somebody at this address: an IPv4 address alone, and the /64 of an
 * IPv6 one, whose lower half changes with each device and day.
 */
export function networkToRegister(address: string): string {
  const read = readAddress(address);
  if (!read) throw new Error(`${address} is no address`);
  return networkText(networkAt(read.family, read.value, read.family === 4 ? 32 : 64));
}
