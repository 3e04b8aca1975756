import { BlockList, isIP, isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

type ClientAddress = { ok: true; address: string } | { ok: false };

/** Networks of the configuration. */
export class NetworkList {
  readonly #networks = new BlockList();

  /** @param networks CIDRs */
  constructor(networks: string[]) {
    for (const network of networks) {
      const [address = '', bits] = network.split('/');
      this.#networks.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
    }
  }

  /** @param address as `ClientAddresses` finds it */
  has(address: string): boolean {
    return this.#networks.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  }
}

/**
 * Finds the address of the client: the socket's, or, when that is a trusted proxy, the rightmost
 * address of `X-Forwarded-For` that is none.
 */
export class ClientAddresses {
  readonly #proxies: NetworkList;

  /** @param trusted CIDRs of the proxies, from `TRUST_PROXY` */
  constructor(trusted: string[]) {
    this.#proxies = new NetworkList(trusted);
  }

  /** Not ok when a trusted proxy forwards something that is no plain address. */
  of(socketAddress: string, forwardedFor: string | undefined): ClientAddress {
    let address = unmapped(socketAddress);
    const chain = forwardedFor === undefined ? [] : forwardedFor.split(',');
    while (chain.length > 0 && this.#proxies.has(address)) {
      const next = withoutPort(chain.pop()!.trim());
      if (!isAddress(next)) return { ok: false };
      address = unmapped(next);
    }
    return { ok: true, address };
  }
}

/** Some gateways write the port: `192.0.2.1:443`, `[2001:db8::1]:443`. */
export function withoutPort(text: string): string {
  const [, v4, v6] = /^(?:(\d[\d.]*)|\[([\da-f]*:[\da-f:.]+)\]):\d{1,5}$/i.exec(text) ?? [];
  return v4 ?? v6 ?? text;
}

/** `::ffff:192.0.2.1` and `::ffff:c000:201` are 192.0.2.1; a zone (`%eth0`) is no part of an address. */
export function unmapped(address: string): string {
  // Most are IPv4, and each request asks.
  if (isIPv4(address)) return address;
  const plain = address.split('%', 1)[0]!;
  const read = parseAddress(plain);
  return read instanceof ipaddr.IPv4 ? read.toString() : plain;
}

/** What one client has: its IPv4 address, or the /64 of an IPv6 one. */
export function clientOf(address: string): string {
  return isIPv4(address) ? address : networkOf(address);
}

/** The /24 (IPv4) or /64 (IPv6) of an address, which a household or office usually shares. */
export function networkOf(address: string): string {
  return prefixOf(address, 64);
}

/** The /24 or /48 of an address: providers give a whole /48 to one customer. */
export function siteOf(address: string): string {
  return prefixOf(address, 48);
}

function prefixOf(address: string, bits: 48 | 64): string {
  const read = isIPv4(address) ? undefined : parseAddress(address);
  if (!(read instanceof ipaddr.IPv6)) return address.replace(/\.\d+$/, '.0/24');
  const prefix = read.parts.slice(0, bits / 16).map((part) => part.toString(16));
  return `${prefix.join(':')}::/${bits}`;
}

/** Reads one address without a zone; a mapped one (`::ffff:192.0.2.1`) becomes IPv4. */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (!isAddress(text)) return undefined;
  // ipaddr.js takes the IPv4-compatible `::192.0.2.1` for the mapped `::ffff:192.0.2.1`.
  return ipaddr.process(text.replace(/^::(?=\d+\.)/, '::0:'));
}

/** ipaddr.js alone accepts octal, hexadecimal and shortened IPv4 addresses. */
function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes('%');
}
