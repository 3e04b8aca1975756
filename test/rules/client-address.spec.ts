import { ClientAddresses, networkOf, unmapped } from '../../src/web/requests/client-address.js';

const PROXY = '10.0.0.1';
const behindProxies = new ClientAddresses(['10.0.0.0/8', '2001:db8:ffff::/48']);

describe('without a trusted proxy', () => {
  it.each([
    ['192.0.2.1', undefined],
    ['192.0.2.1', '198.51.100.7'],
    ['192.0.2.1', 'garbage'],
    ['192.0.2.1', ''],
  ])('the client is the socket: %s, forwarded for %s', (socket, forwarded) => {
    const expected = { ok: true, address: '192.0.2.1' };
    expect(new ClientAddresses([]).of(socket, forwarded)).toEqual(expected);
    expect(behindProxies.of(socket, forwarded)).toEqual(expected);
  });
});

describe('behind a trusted proxy', () => {
  it.each([
    ['one client', '198.51.100.7', '198.51.100.7'],
    ['spaces', ' 198.51.100.7 ', '198.51.100.7'],
    ['a client that forges addresses in front', '203.0.113.9, 198.51.100.7', '198.51.100.7'],
    ['garbage in front of the client', 'unknown, 198.51.100.7', '198.51.100.7'],
    ['a second trusted proxy', '198.51.100.7, 10.2.3.4', '198.51.100.7'],
    ['a forged trusted address in front', '10.9.9.9, 198.51.100.7, 10.2.3.4', '198.51.100.7'],
    ['trusted proxies only', '10.5.5.5, 10.2.3.4', '10.5.5.5'],
    ['IPv6', '2001:db8::7', '2001:db8::7'],
    ['a port', '198.51.100.7:443', '198.51.100.7'],
    ['a port behind IPv6', '[2001:db8::7]:443', '2001:db8::7'],
    ['a trusted proxy with its port', '198.51.100.7, 10.2.3.4:51820', '198.51.100.7'],
    ['a trusted IPv6 proxy', '198.51.100.7, 2001:db8:ffff::1', '198.51.100.7'],
    ['a mapped client, dotted', '::ffff:198.51.100.7', '198.51.100.7'],
    ['a mapped client, in hex', '::ffff:c633:6407', '198.51.100.7'],
    ['a mapped client, written out', '0:0:0:0:0:FFFF:C633:6407', '198.51.100.7'],
    ['a mapped trusted proxy', '198.51.100.7, ::ffff:10.2.3.4', '198.51.100.7'],
    ['a mapped trusted proxy in hex', '198.51.100.7, ::ffff:a02:304', '198.51.100.7'],
  ])('%s', (_, forwarded, address) => {
    expect(behindProxies.of(PROXY, forwarded)).toEqual({ ok: true, address });
  });

  it('without the header, the proxy is the client', () => {
    expect(behindProxies.of(PROXY, undefined)).toEqual({ ok: true, address: PROXY });
  });

  it.each(['::ffff:10.0.0.1', '::ffff:a00:1', '2001:db8:ffff::5'])(
    'the socket %s is a proxy too',
    (socket) => {
      const client = behindProxies.of(socket, '198.51.100.7');
      expect(client).toEqual({ ok: true, address: '198.51.100.7' });
    },
  );

  it.each([
    '',
    ',',
    '198.51.100.7,',
    '198.51.100.7, ,10.2.3.4',
    'unknown',
    '198.51.100.7:',
    '198.51.100.7:x',
    '198.51.100.7:443:443',
    '198.51.100:443',
    '[2001:db8::7]',
    '[198.51.100.7]:443',
    'fe80::1%eth0',
    '198.51.100.007',
    '198.51.100',
    '0xc6336407',
    '3325256711',
    '198.51.100.7/32',
    '198.51.100.7; 10.2.3.4',
    '198.51.100.7, garbage, 10.2.3.4',
    '１９８.51.100.7',
    '\u0000',
  ])('refuses %j', (forwarded) => {
    expect(behindProxies.of(PROXY, forwarded)).toEqual({ ok: false });
  });
});

it('a neighbour in the own network has no zone in its address', () => {
  const expected = { ok: true, address: 'fe80::1' };
  expect(new ClientAddresses([]).of('fe80::1%eth0', undefined)).toEqual(expected);
  expect(behindProxies.of('fe80::1%eth0', undefined)).toEqual(expected);
});

it.each([
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['::FFFF:C000:0201', '192.0.2.1'],
  ['::ffff:0:0', '0.0.0.0'],
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['::1', '::1'],
  ['::192.0.2.1', '::192.0.2.1'],
  ['::ffff:0:c000:201', '::ffff:0:c000:201'],
  ['64:ff9b::c000:201', '64:ff9b::c000:201'],
])('%s is %s', (address, plain) => {
  expect(unmapped(address)).toBe(plain);
});

it.each([
  ['192.0.2.200', '192.0.2.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
