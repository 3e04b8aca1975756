import { cleanCode, cleanDigits } from '../web/forms/fields.js';
import { say, type Sentence } from '../web/sentence.js';

/** What an invoice is recognised by: its number, or its amount where it carries none. */
export interface InvoiceMark {
  kind: 'number' | 'amount';
  value: string;
}

const LONGEST = 60;
export const INVOICE_TOO_LONG = say(
  '請求書番号（または請求金額）は{most}文字以内で入力してください。',
  { most: LONGEST },
);
const AROUND_AMOUNTS = /[\s,、¥\\円金也()]|税込|yen|jpy/giu;
// From the beginning of a row of dashes, or each of them would be tried to its end.
const DASHES_AT_END = /(?<![\p{Pd}\u2212\u30fc])[\p{Pd}\u2212\u30fc]+$/u;
const NO_SEN = /\.0*$/;

/** 請求書番号 in any width and case, without spaces, dashes and the zeros that a spreadsheet loses. */
export function cleanInvoiceNumber(typed: string): string {
  const plain = cleanDigits(typed)
    .toUpperCase()
    .replace(/[,、:#]/g, '');
  return plain.replace(/^NO(?=\d)/, '').replace(/^0+(?=\d+$)/, '');
}

/** 請求金額 in yen: 「￥１１０，０００－」 and 「110,000円（税込）」 are 110000. */
export function cleanAmount(typed: string): string {
  const digits = cleanCode(typed).replace(AROUND_AMOUNTS, '');
  const yen = digits.replace(DASHES_AT_END, '').replace(NO_SEN, '');
  return yen.replace(/^0+(?=\d)/, '');
}

/** What was typed into the one field may be either: the company's invoices decide. */
export function marksOf(typed: string): InvoiceMark[] {
  return [
    { kind: 'number', value: cleanInvoiceNumber(typed) },
    { kind: 'amount', value: cleanAmount(typed) },
  ];
}

/** The problem of what was typed before anything is compared. */
export function shownInvoiceProblem(typed: string): Sentence | undefined {
  if (cleanInvoiceNumber(typed) === '')
    return say('請求書番号（または請求金額）を入力してください。');
  return typed.length > LONGEST ? INVOICE_TOO_LONG : undefined;
}

/** The problem of an invoice number in a file. */
export function invoiceNumberProblem(typed: string): Sentence | undefined {
  if (/[\p{Cc}\u2028\u2029]/u.test(typed.trim()))
    return say('{column}に改行などの制御文字があります。取り除いてください。', {
      column: '請求書番号',
    });
  return typed.length > LONGEST
    ? say('{column}は{most}文字以内にしてください。', { column: '請求書番号', most: LONGEST })
    : undefined;
}
