import { proofLevel } from '../../src/corporations/proof-levels.js';

it.each([
  [false, false, false, 'page'],
  [false, false, true, 'page'],
  [true, false, false, 'mail'],
  [false, true, false, 'mail'],
  [true, true, false, 'mail'],
  [true, false, true, 'desk'],
  [false, true, true, 'desk'],
  [true, true, true, 'desk'],
])(
  'company used up %s, service alarmed %s, mail used up %s: %s',
  (isCompanyUsedUp, isAlarmed, isMailUsedUp, level) => {
    expect(proofLevel({ isCompanyUsedUp, isAlarmed, isMailUsedUp })).toBe(level);
  },
);
