import { ComparisonTimes } from '../../src/auth/passwords/comparison-times.js';
import { beatOf } from '../../src/auth/sign-in/beat.js';

it.each([
  ['a quick comparison', 25, 100],
  ['one that leaves room to write', 69, 100],
  ['one near the beat', 71, 200],
  ['one behind it', 101, 200],
])('the beat of a refusal leaves room for what is written after %s', (_, after, beat) => {
  expect(beatOf({ started: 5_000, compared: 5_000 + after })).toBe(5_000 + beat);
});

it('a wait takes the time of any of the last comparisons', () => {
  const times = new ComparisonTimes();
  expect(times.any()).toBe(0);
  for (let ms = 1; ms <= 40; ms += 1) times.note(ms);
  const seen = new Set(Array.from({ length: 2_000 }, () => times.any()));
  expect([...seen].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, n) => n + 9));
});
