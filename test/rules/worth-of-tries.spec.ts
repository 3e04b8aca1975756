import { WorthOfTries } from '../../src/limits/worth-of-tries.js';

const TEN_MINUTES = 600_000;

/** Of one address each. */
const at = (network: string) => ({ network, client: `${network}/1` });

function wrong(worth: WorthOfTries, tries: number): number {
  for (let time = 0; time < tries; time += 1) worth.wrong(at('office'), 0);
  return worth.of('office/1', 0);
}

it('of wrong tries alone falls with each, down to a floor', () => {
  expect(wrong(new WorthOfTries(), 1)).toBe(1);
  expect(wrong(new WorthOfTries(), 100)).toBe(8);
});

it('of an office that mistypes four times after a right password is as good as new', () => {
  const worth = new WorthOfTries();
  wrong(worth, 8);
  worth.right(at('office'), 'sato', 0);
  expect(worth.of('office/1', 0)).toBeLessThan(0);
  expect(wrong(worth, 4)).toBe(0);
});

it('is forgotten ten minutes after the last try', () => {
  const worth = new WorthOfTries();
  wrong(worth, 3);
  expect(worth.of('office/1', TEN_MINUTES - 1)).toBe(3);
  expect(worth.of('office/1', TEN_MINUTES)).toBe(0);
  worth.wrong(at('office'), TEN_MINUTES);
  expect(worth.of('office/1', TEN_MINUTES)).toBe(1);
});

it('is proven by an account for one network at a time', () => {
  const worth = new WorthOfTries();
  wrong(worth, 8);
  worth.right(at('elsewhere'), 'sato', 0);
  worth.right(at('office'), 'sato', 0);
  expect(worth.of('office/1', 0)).toBe(8);
  worth.right(at('office'), 'suzuki', 0);
  expect(worth.of('office/1', 0)).toBe(-4);
  worth.right(at('home'), 'sato', TEN_MINUTES);
  expect(worth.of('home/1', TEN_MINUTES)).toBe(-4);
});

it('is kept for the 10,000 networks that tried last', () => {
  const worth = new WorthOfTries();
  wrong(worth, 3);
  for (let network = 0; network < 10_000; network += 1) worth.wrong(at(`n${network}`), 0);
  expect(worth.of('office/1', 0)).toBe(0);
});

it('of a network is bad when three of its addresses guess, and not for one', () => {
  const worth = new WorthOfTries();
  expect(wrong(worth, 8)).toBe(8);
  expect(worth.of('office', 0)).toBe(0);
  worth.wrong({ network: 'office', client: 'office/2' }, 0);
  expect(worth.of('office', 0)).toBe(0);
  worth.wrong({ network: 'office', client: 'office/3' }, 0);
  expect(worth.of('office', 0)).toBe(8);
  expect(worth.of('office', TEN_MINUTES)).toBe(0);
});
