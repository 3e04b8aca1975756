import { contentOf, filesBelow } from '../support/sentences.js';
import { withTokens } from '../../src/web/pages/design-tokens.js';

const tokens = contentOf('node_modules/@digital-go-jp/design-tokens/dist/tokens.css');
const styles = filesBelow('static', '.css').map(contentOf).join('\n');

it('puts the values of tokens in place of their names', () => {
  const rule = 'a{color:var(--color-semantic-error-2);border:var(--gk-own)}';
  expect(withTokens(rule)).toBe('a{color:#ce0000;border:var(--gk-own)}');
  expect(withTokens('a{color:red}')).toBe('a{color:red}');
});

it('the stylesheet repeats no colour of a token', () => {
  const colours = new Set(tokens.match(/#[\da-f]{6}\b/g));
  const typed = styles.match(/#(?:[\da-f]{6}|[\da-f]{3})\b/gi) ?? [];
  expect(typed.length).toBeGreaterThan(0);
  expect(typed.map(inSixDigits).filter((colour) => colours.has(colour))).toEqual([]);
});

// Weights are left out: --font-weight-700 says no more than 700.
it.each(['font-size', 'line-height', 'border-radius'])(
  'the stylesheet repeats no %s of a token',
  (property) => {
    const steps = valuesIn(tokens, `--${property}-\\w+`);
    const typed = valuesIn(styles, `(?<![\\w-])${property}`);
    expect(typed.length).toBeGreaterThan(0);
    expect(typed.filter((value) => steps.includes(value))).toEqual([]);
  },
);

function valuesIn(css: string, name: string): string[] {
  return [...css.matchAll(new RegExp(`${name}: ([^;]+);`, 'g'))].map(([, value]) => value!);
}

function inSixDigits(colour: string): string {
  const digits = colour.slice(1).toLowerCase();
  return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`;
}
