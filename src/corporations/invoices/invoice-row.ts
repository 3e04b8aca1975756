import { cleanCode } from '../../web/forms/fields.js';
import { say, type Sentence } from '../../web/sentence.js';
import { cleanCorporateNumber, corporateNumberProblem, type NumberFormats } from '../numbers.js';
import {
  cleanAmount,
  cleanInvoiceNumber,
  invoiceNumberProblem,
  type InvoiceMark,
} from '../shown-invoice.js';
import type { TypedInvoice } from './invoice-columns.js';

export interface InvoiceRow {
  corporateNumber: string;
  /** The amount only where the invoice carries no number. */
  mark: InvoiceMark;
  /** `2026-11-01` */
  issuedOn: string;
}

/** Days from today in which an invoice may be dated ahead. A wrong year would stay the newest. */
export const LONGEST_AHEAD_DAYS = 31;

const DATE = /^(2\d{3})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/u;
const NEGATIVE = /^[\p{Pd}\u2212△▲]\d+$/u;

export function cleanInvoice(typed: TypedInvoice): InvoiceRow {
  const number = cleanInvoiceNumber(typed.invoiceNumber);
  return {
    corporateNumber: cleanCorporateNumber(typed.corporateNumber),
    mark:
      number === ''
        ? { kind: 'amount', value: cleanAmount(typed.amount) }
        : { kind: 'number', value: number },
    issuedOn: dayIn(typed.issuedOn),
  };
}

/** @param latest the last day that an invoice may have */
export function invoiceProblems(
  row: InvoiceRow,
  typed: TypedInvoice,
  formats: NumberFormats,
  latest: string,
): Sentence[] {
  const problems = [
    corporateNumberProblem(row.corporateNumber, formats),
    invoiceNumberProblem(typed.invoiceNumber),
    amountProblem(row.mark, cleanAmount(typed.amount)),
    dateProblem(row.issuedOn, typed.issuedOn, latest),
  ];
  return problems.filter((problem) => problem !== undefined);
}

function amountProblem({ kind }: InvoiceMark, amount: string): Sentence | undefined {
  if (kind === 'amount' && amount === '')
    return say('請求書番号も請求金額もありません。どちらかを入れてください。');
  if (amount !== '' && !/^\d+$/.test(amount) && !NEGATIVE.test(amount))
    return say('請求金額は、円単位の整数で入れてください。例：110000');
  return kind === 'amount' && !/^[1-9]/.test(amount)
    ? say('請求書番号がない行の請求金額は、1円以上にしてください。')
    : undefined;
}

function dateProblem(day: string, typed: string, latest: string): Sentence | undefined {
  if (typed.trim() === '') return say('発行日がありません。発行日を入れてください。');
  if (day === '') return say('発行日を読み取れません。例：2026-11-01、2026/11/1');
  return day > latest
    ? say('発行日が先の日付です。{latest}までの日付にしてください。', { latest })
    : undefined;
}

/** The day in the one form, or nothing when the calendar has no such day. */
function dayIn(typed: string): string {
  const [, year, ...parts] = DATE.exec(cleanCode(typed).replace(/\s/g, '')) ?? [];
  const [month = '', day = ''] = parts.filter((part) => part !== undefined);
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const moment = Date.parse(`${written}T00:00:00Z`);
  return new Date(moment || 0).toISOString().startsWith(written) ? written : '';
}
