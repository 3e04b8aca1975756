import { cleanCode } from '../../../web/forms/fields.js';
import { say, type Sentence } from '../../../web/sentence.js';

/** Japanese numbers begin with 0, which spreadsheets take from numbers: nine digits, or ten of a mobile one. */
const WITHOUT_ZERO = /^(?:[1-9]\d{8}|[5789]0\d{8})$/;
const AS_POWER = /^\d(?:\.\d+)?E\+?\d+$/i;

export const DIGITS_LOST = say(
  'Excelで電話番号の桁が失われています。セルの表示形式を「文字列」にして、入力し直してください。',
);

export function hasLostDigits(typed: string): boolean {
  return AS_POWER.test(cleanCode(typed));
}

/** @returns the number with the zero that a spreadsheet took, and what to say about it */
export function withZero(typed: string): { phone: string; advice?: Sentence } {
  const digits = cleanCode(typed);
  if (!WITHOUT_ZERO.test(digits)) return { phone: typed };
  const phone = `0${digits}`;
  return { phone, advice: say('電話番号の先頭に0を補いました：{phone}', { phone }) };
}
