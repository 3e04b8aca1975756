import { Passwords } from '../../src/auth/passwords/passwords.js';
import type { Config } from '../../src/config.js';
import { knownSource, strangeSource, type Source } from '../../src/limits/source.js';
import { arriveInWhole, placeOf, times, turnsOf, type Asker } from '../support/admission.js';

const OFFICE = { site: '203.0.113.0/24', client: '203.0.113.7' };
const HELD_MS = 1_000;

/** So many people of one address at the same moment, once each, while one hash takes a while. */
function crowd(people: number, sourceOf: (person: number) => Source) {
  const passwords = new Passwords({} as Config);
  const end = Promise.withResolvers<true>();
  const tries = Array.from({ length: people }, (_, person) =>
    passwords.inTurn(sourceOf(person), () => end.promise),
  );
  return { passwords, tries, end: () => end.resolve(true) };
}

const kinds: [string, (person: number) => Source][] = [
  ['known browsers', (person) => knownSource(`device ${person}`, OFFICE)],
  ['new browsers', (person) => strangeSource(`login ID ${person}`, OFFICE)],
];

it.each(kinds)('400 %s of one address have room before the hash', async (_, sourceOf) => {
  const { tries, end } = crowd(400, sourceOf);
  end();
  expect(new Set(await Promise.all(tries))).toEqual(new Set([true]));
});

it.each(kinds)(
  '%s that find no room are told a second late, and are in next time',
  async (_, sourceOf) => {
    const started = performance.now();
    const { passwords, tries, end } = crowd(600, sourceOf);
    const over = Promise.allSettled(tries);
    expect(await passwords.hasRoom(sourceOf(600))).toBe(false);
    await expect(Promise.any(tries.slice(-50))).rejects.toThrow();
    expect(performance.now() - started).toBeGreaterThan(HELD_MS - 10);
    end();
    await over;
    expect(await passwords.hasRoom(sourceOf(600))).toBe(true);
    for (let person = 550; person < 600; person += 1)
      expect(await passwords.inTurn(sourceOf(person), () => Promise.resolve('in'))).toBe('in');
  },
);

describe('a room without parts', () => {
  it.each(['known', 'strange'] as const)(
    'is all for one address, until others come: %s',
    (kind) => {
      const one: Asker = `${kind} a/1/x`;
      const { admission, entered } = arriveInWhole(times(9, one));
      expect(entered).toEqual([...times(8, one).map(() => true), false]);
      for (const name of [`${kind} b/1/x`, `${kind} a/2/x`] as const)
        expect(admission.enter(placeOf(name))).toMatchObject({ displaced: { name: one } });
      expect(turnsOf(admission).slice(0, 3)).toEqual([`${kind} b/1/x`, `${kind} a/2/x`, one]);
    },
  );

  it('takes the newest place of the client that holds most', () => {
    const { admission } = arriveInWhole([
      ...times(4, 'strange a/1/x'),
      'strange a/1/last',
      ...times(3, 'strange a/2/x'),
    ]);
    const displaced = { name: 'strange a/1/last' };
    expect(admission.enter(placeOf('strange b/1/x'))).toMatchObject({ displaced });
  });
});
