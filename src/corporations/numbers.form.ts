import { Transform } from 'class-transformer';
import type { Config } from '../config.js';
import { cleanDigits, Code } from '../web/forms/fields.js';
import {
  FormReading,
  readForm,
  type FormBody,
  type Problem,
  type Read,
} from '../web/forms/forms.js';
import { TooLong } from '../web/forms/rules.js';
import { say } from '../web/sentence.js';
import {
  CORPORATE_NUMBER_TOO_LONG,
  cleanCorporateNumber,
  cleanTransferAccountNumber,
  corporateNumberProblem,
  transferAccountProblem,
  type InvoiceNumbers,
} from './numbers.js';
import { INVOICE_TOO_LONG, shownInvoiceProblem } from './shown-invoice.js';

/** 法人番号 and お振込先口座番号; their formats are configuration. */
export class NumbersForm implements InvoiceNumbers {
  @Transform(({ value }) => cleanCorporateNumber(value as string))
  @TooLong(CORPORATE_NUMBER_TOO_LONG)
  corporateNumber = '';

  @Transform(({ value }) => cleanDigits(value as string))
  @TooLong(say('お振込先口座番号の桁数が多すぎます。ご請求書のお振込先口座番号をご確認ください。'))
  transferAccountNumber = '';

  /** The number of one of the last two invoices, or its amount; shown back nearly as it was typed. */
  @Code()
  @TooLong(INVOICE_TOO_LONG)
  invoice = '';
}

/**
 * Reads the two numbers in any width with any dashes, and refuses what no invoice can show.
 * @param asksInvoice whether the field of the newest invoice is on the page
 */
export function readNumbers(
  body: FormBody,
  config: Config,
  { asksInvoice = false } = {},
): Read<NumbersForm> {
  const read = readForm(NumbersForm, body);
  if (!read.ok) return read;
  const { form } = read;
  form.transferAccountNumber = cleanTransferAccountNumber(
    form.transferAccountNumber,
    config.transferAccountDigits,
  );
  const problems: Problem[] = [];
  const corporate = corporateNumberProblem(form.corporateNumber, config);
  if (corporate) problems.push({ name: 'corporateNumber', sentence: corporate });
  const account = transferAccountProblem(form.transferAccountNumber, config);
  if (account) problems.push({ name: 'transferAccountNumber', sentence: account });
  const invoice = asksInvoice && shownInvoiceProblem(form.invoice);
  if (invoice) problems.push({ name: 'invoice', sentence: invoice });
  return problems.length === 0 ? read : { ok: false, reading: new FormReading(form, ...problems) };
}
