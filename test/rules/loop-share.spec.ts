import { LoopRest } from '../../src/web/requests/loop-share.js';

const CROWD = 33;

it('rests half as long as it worked while a crowd waits', () => {
  const rest = new LoopRest();
  expect(rest.after(CROWD, { active: 10, idle: 0 })).toBe(5);
  expect(rest.after(CROWD, { active: 10, idle: 5 })).toBe(5);
  expect(rest.after(CROWD, { active: 4, idle: 5 })).toBe(2);
});

it('rests when a millisecond is owed, and 30 at most', () => {
  const rest = new LoopRest();
  expect(rest.after(CROWD, { active: 1, idle: 0 })).toBe(0);
  expect(rest.after(CROWD, { active: 1, idle: 0 })).toBe(1);
  expect(rest.after(CROWD, { active: 1_000, idle: 1 })).toBe(30);
});

it('never rests where a few wait', () => {
  expect(new LoopRest().after(CROWD - 1, { active: 10, idle: 0 })).toBe(0);
});

it('counts 30 milliseconds that it was idle before, and no more', () => {
  const rest = new LoopRest();
  expect(rest.after(1, { active: 0, idle: 1_000 })).toBe(0);
  expect(rest.after(CROWD, { active: 60, idle: 0 })).toBe(0);
  expect(rest.after(CROWD, { active: 10, idle: 0 })).toBe(5);
});
