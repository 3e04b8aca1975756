import { Config } from '../../src/config.js';
import { ReturnPaths } from '../../src/mail/return-paths.js';

const ID = '5ad1b1d4-8a3c-4c4e-9d1f-0a2b3c4d5e6f';
const SATO = 'sato@example.jp';

function pathsOf(key: string, previous?: string, bounceDomain?: string): ReturnPaths {
  const secretKeyPrevious = previous === undefined ? undefined : Buffer.from(previous);
  const given = { secretKey: Buffer.from(key), secretKeyPrevious, bounceDomain };
  return new ReturnPaths(Object.assign(new Config(), given));
}

const paths = pathsOf('one key of 32 bytes or even more', undefined, 'bounce.example.jp');
const path = paths.of(ID, SATO)!;

it('names the delivery within the 64 characters of a local part', () => {
  expect(path).toMatch(
    /^bounce\+5ad1b1d48a3c4c4e9d1f0a2b3c4d5e6f\.[\da-f]{20}@bounce\.example\.jp$/,
  );
  expect(path.indexOf('@')).toBeLessThanOrEqual(64);
  expect(paths.read(path)).toMatchObject({ deliveryId: ID });
  expect(paths.read(path.toUpperCase())).toEqual(paths.read(path));
});

it('proves one delivery to one address', () => {
  const read = paths.read(path)!;
  expect(paths.isFor(read, SATO)).toBe(true);
  for (const other of ['Sato@example.jp', 'kato@example.jp', ''])
    expect(paths.isFor(read, other)).toBe(false);
  const otherDelivery = { ...read, deliveryId: ID.replace('5', '6') };
  expect(paths.isFor(otherDelivery, SATO)).toBe(false);
});

it('knows the former key while it is given', () => {
  const read = paths.read(path)!;
  const other = 'another key of 32 bytes and more';
  expect(pathsOf(other, 'one key of 32 bytes or even more', 'x.jp').isFor(read, SATO)).toBe(true);
  expect(pathsOf(other, undefined, 'x.jp').isFor(read, SATO)).toBe(false);
});

it.each([
  path.replace('bounce.example.jp', 'example.jp'),
  path.replace('bounce+', 'bounce'),
  path.replace('@', '0@'),
  `x${path}`,
  'bounce+@bounce.example.jp',
  '',
])('reads nothing in %s', (address) => {
  expect(paths.read(address)).toBeUndefined();
});

it('is absent without a domain', () => {
  const none = pathsOf('one key of 32 bytes or even more');
  expect(none.of(ID, SATO)).toBeUndefined();
  expect(none.read(path)).toBeUndefined();
});
