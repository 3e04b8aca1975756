import { WorthOfTries } from '../../src/limits/worth-of-tries.js';

const TEN_MINUTES = 600_000;

function wrong(worth: WorthOfTries, tries: number): number {
  for (let time = 0; time < tries; time += 1) worth.wrong('office', 0);
  return worth.of('office', 0);
}

it('of wrong tries alone falls with each, down to a floor', () => {
  expect(wrong(new WorthOfTries(), 1)).toBe(1);
  expect(wrong(new WorthOfTries(), 100)).toBe(8);
});

it('of an office that mistypes four times after a right password is as good as new', () => {
  const worth = new WorthOfTries();
  wrong(worth, 8);
  worth.right('office', 'sato', 0);
  expect(worth.of('office', 0)).toBeLessThan(0);
  expect(wrong(worth, 4)).toBe(0);
});

it('is forgotten ten minutes after the last try', () => {
  const worth = new WorthOfTries();
  wrong(worth, 3);
  expect(worth.of('office', TEN_MINUTES - 1)).toBe(3);
  expect(worth.of('office', TEN_MINUTES)).toBe(0);
  worth.wrong('office', TEN_MINUTES);
  expect(worth.of('office', TEN_MINUTES)).toBe(1);
});

it('is proven by an account for one network at a time', () => {
  const worth = new WorthOfTries();
  wrong(worth, 8);
  worth.right('elsewhere', 'sato', 0);
  worth.right('office', 'sato', 0);
  expect(worth.of('office', 0)).toBe(8);
  worth.right('office', 'suzuki', 0);
  expect(worth.of('office', 0)).toBe(-4);
  worth.right('home', 'sato', TEN_MINUTES);
  expect(worth.of('home', TEN_MINUTES)).toBe(-4);
});

it('is kept for the 10,000 networks that tried last', () => {
  const worth = new WorthOfTries();
  wrong(worth, 3);
  for (let network = 0; network < 10_000; network += 1) worth.wrong(`n${network}`, 0);
  expect(worth.of('office', 0)).toBe(0);
});
