import {
  cleanCorporateNumber,
  cleanTransferAccountNumber,
  corporateNumberProblem,
  hasNationalCheckDigit,
  transferAccountProblem,
  type NumberFormats,
} from '../../src/corporations/numbers.js';

const customer: NumberFormats = { corporateNumberFormat: 'customer', transferAccountDigits: 7 };
const national: NumberFormats = { corporateNumberFormat: 'national', transferAccountDigits: 7 };

/** Published: the National Tax Agency, the Digital Agency, Toyota Motor. */
const PUBLISHED = ['7000012050002', '8000012010038', '1180301018771'];

describe('法人番号', () => {
  it.each([
    ['1234567', '1234567'],
    ['0012345', '0012345'],
    ['１２３４５６７', '1234567'],
    ['123-4567', '1234567'],
    ['T7000012050002', '7000012050002'],
    ['t7000012050002', '7000012050002'],
    ['Ｔ７００００１２０５０００２', '7000012050002'],
    ['T 7000012050002', '7000012050002'],
    ['T-7000012050002', '7000012050002'],
    ['Ｔ−7000012050002', '7000012050002'],
    ['Tー7000012050002', '7000012050002'],
    [' T7000-0120-50002 ', '7000012050002'],
    ['TT7000012050002', 'TT7000012050002'],
    ['Tokyo', 'Tokyo'],
    ['12a', '12a'],
    ['', ''],
  ])('%j is read as %j', (typed, number) => {
    expect(cleanCorporateNumber(typed)).toBe(number);
  });

  it.each(['1', '1234567', '0000001', '1234567890123'])(
    "the operator's own number %s may exist",
    (number) => {
      expect(corporateNumberProblem(number, customer)).toBeUndefined();
    },
  );

  it.each([
    ['', '入力してください'],
    ['12a', '数字以外'],
    ['12345678901234', '13桁以内'],
  ])("the operator's own number %j may not", (number, words) => {
    expect(corporateNumberProblem(number, customer)?.text).toContain(words);
  });

  it.each(PUBLISHED)('the national number %s may exist', (number) => {
    expect(corporateNumberProblem(number, national)).toBeUndefined();
  });

  it.each([
    ['', '入力してください'],
    ['700001205000a', '数字以外'],
    ['000012050002', '12桁の会社法人等番号ではなく'],
    ['70000120500', '13桁です'],
    ['70000120500021', '13桁です'],
    ['7000012050003', '数字に誤りがある'],
    ['8000012050002', '数字に誤りがある'],
  ])('the national number %j may not', (number, words) => {
    expect(corporateNumberProblem(number, national)?.text).toContain(words);
  });

  it('has a check digit that finds each wrong digit, unless 0 and 9 are mixed up', () => {
    for (const number of PUBLISHED)
      for (let place = 1; place < number.length; place += 1)
        for (const digit of '0123456789') {
          const mistyped = number.slice(0, place) + digit + number.slice(place + 1);
          const difference = Math.abs(Number(digit) - Number(number[place]));
          expect([mistyped, hasNationalCheckDigit(mistyped)]).toEqual([
            mistyped,
            difference % 9 === 0,
          ]);
        }
  });
});

describe('お振込先口座番号', () => {
  it.each([
    ['1234567', '1234567'],
    ['0012345', '0012345'],
    ['12345', '0012345'],
    ['１２３４５', '0012345'],
    ['001-2345', '0012345'],
    ['0', '0000000'],
    ['12345678', '12345678'],
    ['12a', '12a'],
    ['', ''],
  ])('%j is read as %j', (typed, number) => {
    expect(cleanTransferAccountNumber(typed, 7)).toBe(number);
  });

  it('has the configured length', () => {
    expect(cleanTransferAccountNumber('12345', 10)).toBe('0000012345');
    expect(
      transferAccountProblem('1234567890', { ...customer, transferAccountDigits: 10 }),
    ).toBeUndefined();
  });

  it.each([
    ['', '入力してください', {}],
    ['12a', '数字以外', {}],
    ['12345678', '{digits}桁です', { digits: 7 }],
  ])('%j may not exist', (number, words, values) => {
    const problem = transferAccountProblem(number, customer);
    expect(problem?.text).toContain(words);
    expect(problem?.values).toEqual(values);
  });

  it('may exist', () => {
    expect(transferAccountProblem('0012345', customer)).toBeUndefined();
  });
});
