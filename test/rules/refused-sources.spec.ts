import { knownSource, strangeSource } from '../../src/limits/source.js';
import { RefusedSources } from '../../src/auth/passwords/refused-sources.js';

const from = (client: string, site: string) => strangeSource('flow 1', { client, site });
const HOME = from('192.0.2.1', '192.0.2.0/24');
const NEIGHBOUR = from('192.0.2.2', '192.0.2.0/24');
const ELSEWHERE = from('198.51.100.1', '198.51.100.0/24');

function refusedTimes(times: number, now = 0): RefusedSources {
  const sources = new RefusedSources();
  for (let time = 0; time < times; time += 1) sources.note('hash', HOME, now);
  return sources;
}

it.each([
  [7, 0],
  [8, 5],
  [31, 5],
  [32, 15],
  [127, 15],
  [128, 60],
  [10_000, 60],
])('%i refusals let their source wait for %i seconds', (times, seconds) => {
  expect(refusedTimes(times).retryAfter('hash', HOME, 0)).toBe(seconds);
});

it('a neighbour of the same site waits only after four times as many, and nobody elsewhere', () => {
  expect(refusedTimes(31).retryAfter('hash', NEIGHBOUR, 0)).toBe(0);
  expect(refusedTimes(32).retryAfter('hash', NEIGHBOUR, 0)).toBe(5);
  expect(refusedTimes(10_000).retryAfter('hash', ELSEWHERE, 0)).toBe(0);
});

it('rotating the /64 is of no use: the /48 is the site', () => {
  const sources = new RefusedSources();
  for (let time = 0; time < 32; time += 1)
    sources.note('hash', from(`2001:db8:1:${time}::/64`, '2001:db8:1::/48'), 0);
  expect(sources.retryAfter('hash', from('2001:db8:1:99::/64', '2001:db8:1::/48'), 0)).toBe(5);
});

it('is a known source alone, not its neighbours, and counts for one line', () => {
  const place = { client: '192.0.2.1', site: '192.0.2.0/24' };
  const [one, other] = [knownSource('device 1', place), knownSource('device 2', place)];
  const sources = new RefusedSources();
  for (let time = 0; time < 8; time += 1) sources.note('hash', one, 0);
  expect(sources.retryAfter('hash', one, 0)).toBe(5);
  expect(sources.retryAfter('judge', one, 0)).toBe(0);
  for (const source of [other, HOME]) expect(sources.retryAfter('hash', source, 0)).toBe(0);
});

it('ends by itself, and a minute without refusals forgets', () => {
  const sources = refusedTimes(128);
  expect(sources.retryAfter('hash', HOME, 59_001)).toBe(1);
  expect(sources.retryAfter('hash', HOME, 60_000)).toBe(0);
  sources.note('hash', HOME, 119_000);
  expect(sources.retryAfter('hash', HOME, 119_000)).toBe(60);
  sources.note('hash', HOME, 119_000 + 120_000);
  expect(sources.retryAfter('hash', HOME, 239_000)).toBe(0);
});

function stranger(place: number) {
  const site = `2001:db8:${place.toString(16)}::/48`;
  return from(site.replace('/48', '/64'), site);
}

it('remembers 10,000 clients and sites, and forgets first what was refused longest ago', () => {
  const sources = refusedTimes(7);
  const noteStrangers = (first: number, last: number, times: number) => {
    for (let place = first; place <= last; place += 1)
      for (let time = 0; time < times; time += 1) sources.note('hash', stranger(place), 0);
  };
  noteStrangers(1, 1, 8);
  noteStrangers(2, 4_998, 1);
  sources.note('hash', HOME, 0);
  expect(sources.retryAfter('hash', stranger(1), 0)).toBe(5);
  noteStrangers(4_999, 5_000, 1);
  expect(sources.retryAfter('hash', stranger(1), 0)).toBe(0);
  expect(sources.retryAfter('hash', HOME, 0)).toBe(5);
});

it('holds each of 500 who come back too soon for a second, and nobody else', async () => {
  const sources = new RefusedSources();
  for (let round = 0; round < 2; round += 1) {
    const start = performance.now();
    let over = 0;
    const held = Array.from({ length: 500 }, () => sources.hold().then(() => (over += 1)));
    await sources.hold();
    expect(over).toBe(0);
    await Promise.all(held);
    expect(performance.now() - start).toBeGreaterThan(990);
  }
});
