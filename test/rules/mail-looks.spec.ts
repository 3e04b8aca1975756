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

/** By WCAG 2. */
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
