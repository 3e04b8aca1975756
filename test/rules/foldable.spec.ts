import { foldable } from '../../src/accounts/members/criteria.js';

it('gives the database no more to fold than a search may have, whatever becomes of its characters', () => {
  expect(foldable('\uFDFA'.repeat(100))).toHaveLength(100);
  expect(foldable('ﾔﾏﾀﾞ')).toBe('ヤマダ');
});
