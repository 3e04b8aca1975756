import { BlockList } from 'node:net';
import { networksOfRange } from '../../../src/ip-restriction/networks/address-range.js';
import { admits, Matcher } from '../../../src/ip-restriction/networks/matcher.js';
import {
  addressText,
  networkAt,
  networkText,
  networkToRegister,
  readAddress,
  type Family,
} from '../../../src/ip-restriction/networks/network.js';

/** The same numbers in each run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const roll = dice(20_261_122);

/** Near each other, so that about half of the pairs match. */
function randomAddress(family: Family): bigint {
  if (family === 4) return 0xc000_0000n + BigInt(roll(1 << 18));
  return (0x2400_0001n << 96n) + (BigInt(roll(1 << 18)) << 54n) + BigInt(roll(1 << 8));
}

const randomFamily = (): Family => (roll(2) === 0 ? 4 : 6);

function randomList(): { network: string }[] {
  return Array.from({ length: 1 + roll(12) }, () => {
    const family = randomFamily();
    const length = family === 4 ? 16 + roll(17) : 32 + roll(97);
    return { network: networkText(networkAt(family, randomAddress(family), length)) };
  });
}

it('agrees with another matcher on 100,000 lists and addresses', () => {
  let admitted = 0;
  for (let lists = 0; lists < 1_000; lists += 1) {
    const list = randomList();
    const matcher = new Matcher(list);
    const other = new BlockList();
    for (const { network } of list) {
      const [address = '', length] = network.split('/');
      other.addSubnet(address, Number(length), address.includes(':') ? 'ipv6' : 'ipv4');
    }
    for (let addresses = 0; addresses < 100; addresses += 1) {
      const family = randomFamily();
      const address = addressText(family, randomAddress(family));
      const expected = other.check(address, family === 4 ? 'ipv4' : 'ipv6');
      const found = matcher.find(address) !== undefined;
      if (found !== expected) throw new Error(`${address} in ${JSON.stringify(list)}: ${found}`);
      if (found) admitted += 1;
    }
  }
  expect(admitted).toBeGreaterThan(10_000);
  expect(admitted).toBeLessThan(90_000);
});

it('names the most specific entry', () => {
  const entries = [
    { network: '192.0.0.0/16', label: 'all' },
    { network: '192.0.2.0/24', label: 'office' },
    { network: '192.0.2.7/32', label: 'desk' },
  ];
  expect(admits(entries, '192.0.2.7')?.label).toBe('desk');
  expect(admits(entries, '192.0.2.8')?.label).toBe('office');
  expect(admits(entries, '::ffff:192.0.3.1')?.label).toBe('all');
  expect(admits(entries, '192.1.0.1')).toBeUndefined();
  expect(admits(entries, '2400:1::1')).toBeUndefined();
  expect(admits(entries, 'nobody')).toBeUndefined();
});

it('a range is exactly its networks', () => {
  for (let tries = 0; tries < 500; tries += 1) {
    const first = randomAddress(4);
    const last = first + BigInt(roll(2_000));
    const networks = networksOfRange(4, first, last);
    let next = first;
    for (const network of networks) {
      expect(network.first).toBe(next);
      next += 1n << BigInt(32 - network.length);
    }
    expect(next).toBe(last + 1n);
  }
});

it.each([
  ['2400:1:0:0:0:0:0:0', '2400:1::'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['2400:0:0:1:0:0:0:1', '2400:0:0:1::1'],
  ['2400:0:0:1:0:0:1:1', '2400::1:0:0:1:1'],
  ['2400:0:1:1:1:1:1:1', '2400:0:1:1:1:1:1:1'],
  ['10:0:0:0:0:0:0:0', '10::'],
  ['2400:10:0:0:100:0:0:0', '2400:10:0:0:100::'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['2400::1.2.3.4', '2400::102:304'],
])('%s is written %s', (address, written) => {
  const { family, value } = readAddress(address)!;
  expect(addressText(family, value)).toBe(written);
});

it.each([
  ['192.0.2.5', '192.0.2.5/32'],
  ['2400:1:2:3:4:5:6:7', '2400:1:2:3::/64'],
])('somebody at %s gets %s registered', (address, network) => {
  expect(networkToRegister(address)).toBe(network);
});
