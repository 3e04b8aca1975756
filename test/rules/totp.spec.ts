import { base32, hotp, keyUri, stepAt, stepsOf } from '../../src/auth/second-factor/totp.js';

/** The secret of both RFCs. */
const SECRET = Buffer.from('12345678901234567890');
const at = (seconds: number) => new Date(seconds * 1000);

it.each(
  [
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ].map((code, counter) => [counter, code] as const),
)('a code of RFC 4226: counter %i', (counter, code) => {
  expect(hotp(SECRET, counter)).toBe(code);
});

it.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('a code of RFC 6238: second %i', (seconds, code) => {
  expect(hotp(SECRET, stepAt(at(seconds)), 8)).toBe(code);
});

describe('a code', () => {
  const step = 1000;
  const code = hotp(SECRET, step);
  const matches = (seconds: number, typed = code) => stepsOf(SECRET, typed, at(seconds));

  it('counts from 30 seconds before its step to 30 seconds after it', () => {
    const borders = [
      [step * 30 - 31, []],
      [step * 30 - 30, [step]],
      [step * 30, [step]],
      [step * 30 + 29, [step]],
      [step * 30 + 59, [step]],
      [step * 30 + 60, []],
    ] as const;
    for (const [second, steps] of borders)
      expect([second, matches(second)]).toEqual([second, steps]);
  });

  it.each(['', '0', `${code}0`, code.slice(1), 'abcdef', '１２３４５６'])(
    'of another shape is no code (%s)',
    (typed) => {
      expect(matches(step * 30, typed)).toEqual([]);
    },
  );
});

it('a key is written as authenticator apps read it', () => {
  // RFC 4648, and the secret of the RFCs above as everybody writes it.
  expect(
    ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((s) => base32(Buffer.from(s))),
  ).toEqual(['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI']);
  expect(base32(SECRET)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
});

it('a picture names service and account, and nothing of them breaks out', () => {
  const uri = new URL(keyUri(SECRET, '法人WEB & Co:1', 'sato@x/?#'));
  expect(uri.protocol).toBe('otpauth:');
  expect(decodeURIComponent(uri.pathname)).toBe('/法人WEB & Co:1:sato@x/?#');
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    secret: base32(SECRET),
    issuer: '法人WEB & Co:1',
  });
});
