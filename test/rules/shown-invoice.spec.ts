import {
  cleanAmount,
  cleanInvoiceNumber,
  shownInvoiceProblem,
} from '../../src/corporations/shown-invoice.js';

it.each([
  ['S-20417', 'S20417'],
  [' ｓ－２０４１７ ', 'S20417'],
  ['S—20 417', 'S20417'],
  ['s_20/4.17', 'S20417'],
  ['S20ー417', 'S20417'],
  ['No.20417', '20417'],
  ['№ 20417', '20417'],
  ['#20,417', '20417'],
  ['000020417', '20417'],
  ['0', '0'],
  ['\u200bS\u200e20417', 'S20417'],
  ['請2026-11', '請202611'],
  ['--', ''],
])('%j is the invoice number %j', (typed, number) => {
  expect(cleanInvoiceNumber(typed)).toBe(number);
});

it.each([
  ['110000', '110000'],
  ['110,000円', '110000'],
  ['￥１１０，０００', '110000'],
  ['¥110,000-', '110000'],
  ['\\110,000.-', '110000'],
  ['￥110,000－', '110000'],
  ['金 110、000 円也', '110000'],
  ['110,000円（税込）', '110000'],
  ['110000.00', '110000'],
  ['00110000', '110000'],
  ['110000 JPY', '110000'],
  ['0', '0'],
])('%j is the amount %j', (typed, amount) => {
  expect(cleanAmount(typed)).toBe(amount);
});

it.each([
  ['', '請求書番号（または請求金額）を入力してください。'],
  [' －－ ', '請求書番号（または請求金額）を入力してください。'],
  ['1'.repeat(61), '請求書番号（または請求金額）は{most}文字以内で入力してください。'],
  ['1'.repeat(60), undefined],
  ['110,000円', undefined],
])('%j has the problem %j', (typed, problem) => {
  expect(shownInvoiceProblem(typed)?.text).toBe(problem);
});
