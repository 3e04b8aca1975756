import { cleanCode, cleanDigits } from '../web/forms/fields.js';
import { say, type Sentence } from '../web/sentence.js';

export interface InvoiceNumbers {
  corporateNumber: string;
  transferAccountNumber: string;
}

export interface NumberFormats {
  corporateNumberFormat: 'customer' | 'national';
  transferAccountDigits: number;
}

const NATIONAL_LENGTH = 13;
export const CORPORATE_NUMBER_TOO_LONG = say(
  '法人番号は13桁以内です。ご請求書の法人番号をご確認ください。',
);

/** 法人番号 as it was typed, reduced to its digits; a leading T (of an invoice registration) goes. */
export function cleanCorporateNumber(typed: string): string {
  return cleanDigits(cleanCode(typed).replace(/^T(?=[\s\d\p{Pd}\u2212\u30fc\uff70])/iu, ''));
}

/** お振込先口座番号 reduced to its digits; leading zeros that a spreadsheet lost come back. */
export function cleanTransferAccountNumber(typed: string, digits: number): string {
  const number = cleanDigits(typed);
  return /^\d+$/.test(number) ? number.padStart(digits, '0') : number;
}

/** The problem of a 法人番号 before anything is looked up; undefined when it may exist. */
export function corporateNumberProblem(
  number: string,
  { corporateNumberFormat }: NumberFormats,
): Sentence | undefined {
  if (number === '') return say('法人番号を入力してください。');
  if (!/^\d+$/.test(number))
    return say('法人番号に数字以外の文字があります。ご請求書の法人番号を数字で入力してください。');
  if (corporateNumberFormat === 'customer')
    return number.length > NATIONAL_LENGTH ? CORPORATE_NUMBER_TOO_LONG : undefined;
  if (number.length === NATIONAL_LENGTH - 1)
    return say(
      '法人番号は13桁です。12桁の会社法人等番号ではなく、先頭に1桁が付いた13桁の番号を入力してください。',
    );
  if (number.length !== NATIONAL_LENGTH)
    return say('法人番号は13桁です。ご請求書の法人番号をご確認ください。');
  return hasNationalCheckDigit(number)
    ? undefined
    : say('法人番号の数字に誤りがあるようです。ご請求書の法人番号を、もう一度ご確認ください。');
}

/** The problem of a お振込先口座番号 before anything is compared. */
export function transferAccountProblem(
  number: string,
  { transferAccountDigits: digits }: NumberFormats,
): Sentence | undefined {
  if (number === '') return say('お振込先口座番号を入力してください。');
  if (!/^\d+$/.test(number))
    return say(
      'お振込先口座番号に数字以外の文字があります。ご請求書のお振込先口座番号を数字で入力してください。',
    );
  return number.length > digits
    ? say('お振込先口座番号は{digits}桁です。ご請求書のお振込先口座番号をご確認ください。', {
        digits,
      })
    : undefined;
}

/**
 * The first digit of a national 法人番号 checks the other twelve: 9 less the remainder by 9 of the
 * digits weighted, from the right, 1 2 1 2 … (財務省令 on the designation of corporate numbers).
 */
export function hasNationalCheckDigit(number: string): boolean {
  const [check, ...rest] = [...number].map(Number);
  const sum = rest
    .toReversed()
    .reduce((total, digit, place) => total + digit * (place % 2 === 0 ? 1 : 2), 0);
  return check === 9 - (sum % 9);
}

/** The last three digits are enough to recognise a number that one knows. */
export function masked(number: string): string {
  return '*'.repeat(Math.max(0, number.length - 3)) + number.slice(-3);
}
