import { BlockList, isIP, isIPv4 } from 'node:net';

export type ClientAddress = { ok: true; address: string } | { ok: false };

/**
 * Finds the address of the client: the socket's, or, when that is a trusted proxy, the rightmost
 * address of `X-Forwarded-For` that is none.
 */
export class ClientAddresses {
  readonly #proxies = new BlockList();

  /** @param trusted CIDRs of the proxies, from `TRUST_PROXY` */
  constructor(trusted: string[]) {
    for (const network of trusted) {
      const [address = '', bits] = network.split('/');
      this.#proxies.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
    }
  }

  /** Not ok when a trusted proxy forwards something that is no plain address. */
  of(socketAddress: string, forwardedFor: string | undefined): ClientAddress {
    let address = unmapped(socketAddress);
    const chain = forwardedFor === undefined ? [] : forwardedFor.split(',');
    while (chain.length > 0 && this.#isProxy(address)) {
      const next = chain.pop()!.trim();
      if (isIP(next) === 0 || next.includes('%')) return { ok: false };
      address = unmapped(next);
    }
    return { ok: true, address };
  }

  #isProxy(address: string): boolean {
    return this.#proxies.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  }
}

/** `::ffff:192.0.2.1` and `::ffff:c000:201` are 192.0.2.1; a zone (`%eth0`) is no part of an address. */
export function unmapped(address: string): string {
  const plain = address.replace(/%.*$/, '');
  const bits = hextets(plain);
  if (!bits || bits.slice(0, 5).some((part) => part !== 0) || bits[5] !== 0xffff) return plain;
  const [high = 0, low = 0] = bits.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The /24 (IPv4) or /64 (IPv6) of an address: what one household or office usually shares. */
export function networkOf(address: string): string {
  const bits = hextets(address);
  if (!bits) return address.replace(/\.\d+$/, '.0/24');
  return `${bits
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

/** The eight numbers of an IPv6 address; undefined for IPv4. */
function hextets(address: string): number[] | undefined {
  if (isIP(address) !== 6) return undefined;
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const plain = dotted
    ? address.slice(0, dotted.index) +
      [Number(dotted[1]) * 256 + Number(dotted[2]), Number(dotted[3]) * 256 + Number(dotted[4])]
        .map((part) => part.toString(16))
        .join(':')
    : address;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(zeros).fill('0'), ...right].map((part) => parseInt(part, 16));
}
