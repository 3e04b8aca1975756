import { LOCKS, lockNumber } from '../../src/database/advisory-locks.js';
import { contentOf, filesBelow } from '../support/sentences.js';

/** What stands between the parentheses of each lock, after the name of the function. */
const LOCK = /advisory(?:_xact)?_lock\(([^\n]*)/g;

describe('the locks of the server', () => {
  it('have numbers that differ', () => {
    expect(new Set(LOCKS.map(lockNumber)).size).toBe(LOCKS.length);
  });

  it('keep the numbers that a version running beside this one uses', () => {
    expect([lockNumber('migration'), lockNumber('embedded-server')]).toEqual([7305417, 7305418]);
  });

  it.each(filesBelow('src', '.ts'))('%s takes none by a number of its own', (file) => {
    const text = contentOf(file);
    for (const [, taken] of text.matchAll(LOCK))
      expect(taken).toMatch(/lockNumber\(|hashtextextended|\$\{(HOLDER_LOCK|lock)\}/);
    if (file !== 'src/database/advisory-locks.ts') expect(text).not.toMatch(/7_?305_?4/);
  });
});
