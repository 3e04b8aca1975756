import { Transform } from 'class-transformer';
import type { Config } from '../config.js';
import { cleanDigits } from '../web/forms/fields.js';
import {
  FormReading,
  readForm,
  type FormBody,
  type Problem,
  type Read,
} from '../web/forms/forms.js';
import {
  cleanCorporateNumber,
  cleanTransferAccountNumber,
  corporateNumberProblem,
  transferAccountProblem,
  type InvoiceNumbers,
} from './numbers.js';

/** 法人番号 and お振込先口座番号; their formats are configuration. */
export class NumbersForm implements InvoiceNumbers {
  @Transform(({ value }) => cleanCorporateNumber(value as string))
  corporateNumber = '';

  @Transform(({ value }) => cleanDigits(value as string))
  transferAccountNumber = '';
}

/** Reads the two numbers in any width with any dashes, and refuses what no invoice can show. */
export function readNumbers(body: FormBody, config: Config): Read<NumbersForm> {
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
  return problems.length === 0 ? read : { ok: false, reading: new FormReading(form, ...problems) };
}
