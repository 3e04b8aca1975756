import { contrast } from '../../src/web/pages/theme.js';
import { MAIL_COLORS } from '../../src/mail/mail-looks.js';

const READ: [keyof (typeof MAIL_COLORS)['light'], keyof (typeof MAIL_COLORS)['light']][] = [
  ['text', 'card'],
  ['text', 'soft'],
  ['text', 'page'],
  ['muted', 'card'],
  ['muted', 'soft'],
  ['link', 'card'],
  ['link', 'soft'],
  ['onPrimary', 'primary'],
  ['onButton', 'button'],
  ['onDeadline', 'deadline'],
];

describe.each(['light', 'dark'] as const)('a mail in the %s', (scheme) => {
  it.each(READ)('has %s readable on %s', (text, surface) => {
    const colors = MAIL_COLORS[scheme];
    expect(contrast(colors[text], colors[surface])).toBeGreaterThanOrEqual(4.5);
  });
});
