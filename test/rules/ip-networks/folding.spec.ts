import { foldEntries, type Entry } from '../../../src/ip-restriction/networks/fold-entries.js';
import { covers, networkFrom } from '../../../src/ip-restriction/networks/network.js';
import { translate } from '../../../src/web/texts.js';

const entry = (network: string, label = network, endsAt: Date | null = null): Entry => ({
  network,
  label,
  endsAt,
});
const DECEMBER = new Date('2026-12-01T00:00:00Z');
const JANUARY = new Date('2027-01-01T00:00:00Z');

/** The labels that are left, and what is told. */
function folded(...entries: Entry[]): { left: string[]; told: string[] } {
  const result = foldEntries(entries);
  if (!result.ok) throw new Error(result.sentence.text);
  return {
    left: result.entries.map(({ label }) => label),
    told: result.told.map((sentence) => translate(sentence, 'ja')),
  };
}

describe('folding', () => {
  it('keeps the first of two equal entries, and tells', () => {
    expect(folded(entry('8.8.8.0/24', '本社'), entry('8.8.8.0/24', '支店'))).toEqual({
      left: ['本社'],
      told: ['8.8.8.0/24（支店）は「本社」と同じため、1つにまとめました。'],
    });
  });

  it('leaves out what a wider entry covers, wherever it stands', () => {
    const { left, told } = folded(
      entry('8.8.8.8/32', 'a'),
      entry('8.8.8.0/24', 'b'),
      entry('8.8.8.128/25', 'c'),
      entry('8.8.9.0/24', 'd'),
    );
    expect(left).toEqual(['b', 'd']);
    expect(told[0]).toBe('8.8.8.8/32（a）は 8.8.8.0/24（b）に含まれるため、まとめました。');
  });

  it('never shortens the time of anybody', () => {
    expect(folded(entry('8.8.8.8/32', 'good'), entry('8.8.8.0/24', 'x', DECEMBER)).left).toEqual([
      'good',
      'x',
    ]);
    expect(folded(entry('8.8.8.8/32', 'a', DECEMBER), entry('8.8.8.0/24', 'b')).left).toEqual([
      'b',
    ]);
    expect(
      folded(entry('8.8.8.0/24', 'a', DECEMBER), entry('8.8.8.0/24', 'b', JANUARY)).left,
    ).toEqual(['b']);
  });

  it('takes 500 entries, and no more', () => {
    const many = Array.from({ length: 501 }, (_, n) => entry(`8.8.${n >> 7}.${(n & 127) * 2}/32`));
    expect(foldEntries(many.slice(1))).toMatchObject({ ok: true, told: [] });
    expect(foldEntries(many)).toMatchObject({
      ok: false,
      sentence: { values: { most: 500, count: 501 } },
    });
    expect(folded(...many, entry('8.8.0.0/16')).left).toEqual(['8.8.0.0/16']);
  });
});

const end = ({ endsAt }: Entry) => endsAt?.getTime() ?? Infinity;

/** Labels of those that no other one covers for as long; the first of equal ones stays. */
function comparedOneByOne(entries: Entry[]): string[] {
  const left = entries.filter((one, place) =>
    entries.every((other, otherPlace) => {
      const isEqual = other.network === one.network && end(other) === end(one);
      const isWider = covers(networkFrom(other.network), networkFrom(one.network));
      return !isWider || end(other) < end(one) || (isEqual && otherPlace >= place);
    }),
  );
  return left.map(({ label }) => label);
}

it('thousands of networks are no list', () => {
  const many = Array.from({ length: 3001 }, (_, n) => entry(`8.${n >> 8}.${n & 255}.8/32`));
  expect(foldEntries([...many, entry('8.0.0.0/8')])).toMatchObject({
    ok: false,
    sentence: { values: { most: 500, count: 3002 } },
  });
  expect(folded(...many.slice(2), entry('8.0.0.0/8')).left).toEqual(['8.0.0.0/8']);
});

it('folding leaves what comparing each entry with each would leave', () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 16_807) % 2_147_483_647) % below;
  for (let list = 0; list < 200; list += 1) {
    const entries = Array.from({ length: 12 }, (_, place) => {
      const length = 24 + random(4);
      const last = (random(256) >> (32 - length)) << (32 - length);
      const network = random(6) === 0 ? '2400::/48' : `8.8.8.${length === 24 ? 0 : last}/${length}`;
      return entry(network, String(place), [null, DECEMBER, JANUARY][random(3)]);
    });
    expect(folded(...entries).left).toEqual(comparedOneByOne(entries));
  }
});
