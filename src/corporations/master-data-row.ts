import { cleanMailAddress, toKatakana } from '../web/forms/fields.js';
import { isLongerThan } from '../web/forms/graphemes.js';
import { isMailAddress, isMailboxOfLetters } from '../web/forms/mail-address.js';
import { isVisibleLine } from '../web/forms/rules.js';
import { say, type Sentence } from '../web/sentence.js';
import { columnNames, type TypedRow } from './master-data-columns.js';
import {
  cleanCorporateNumber,
  cleanTransferAccountNumber,
  corporateNumberProblem,
  transferAccountProblem,
  type InvoiceNumbers,
  type NumberFormats,
} from './numbers.js';

export interface MasterDataRow extends InvoiceNumbers {
  name: string;
  nameKana: string;
  billingEmail: string | null;
}

const LONGEST_NAME = 100;

/** The row as it will be stored: the name as typed, numbers, kana and mail address in their one form. */
export function cleanRow(typed: TypedRow, { transferAccountDigits }: NumberFormats): MasterDataRow {
  return {
    corporateNumber: cleanCorporateNumber(typed.corporateNumber),
    name: typed.name.trim(),
    nameKana: toKatakana(typed.nameKana),
    transferAccountNumber: cleanTransferAccountNumber(
      typed.transferAccountNumber,
      transferAccountDigits,
    ),
    billingEmail: cleanMailAddress(typed.billingEmail) || null,
  };
}

export function rowProblems(
  row: MasterDataRow,
  typed: TypedRow,
  formats: NumberFormats,
): Sentence[] {
  const problems = [
    corporateNumberProblem(row.corporateNumber, formats),
    row.name === '' ? say('法人名がありません。法人名を入れてください。') : undefined,
    textProblem(columnNames.name, typed.name, row.name),
    textProblem(columnNames.nameKana, typed.nameKana, row.nameKana),
    transferAccountProblem(row.transferAccountNumber, formats),
    mailProblem(row.billingEmail),
  ];
  return problems.filter((problem) => problem !== undefined);
}

function textProblem(column: string, typed: string, cleaned: string): Sentence | undefined {
  if (/[\p{Cc}\u2028\u2029]/u.test(typed.trim()))
    return say('{column}に改行などの制御文字があります。取り除いてください。', { column });
  if (!isVisibleLine(typed.trim()))
    return say('{column}に見えない文字があります。入力し直してください。', { column });
  return isLongerThan(LONGEST_NAME, cleaned)
    ? say('{column}は{most}文字以内にしてください。', { column, most: LONGEST_NAME })
    : undefined;
}

function mailProblem(address: string | null): Sentence | undefined {
  if (address === null || isMailAddress(address)) return undefined;
  return isMailboxOfLetters(address)
    ? say(
        '請求先メールアドレスの「@」より前に、日本語などの文字は使えません。半角英数字のアドレスを入れてください。',
      )
    : say(
        '請求先メールアドレスの形式をご確認ください。入力できるのは1つだけです。例：keiri@example.co.jp',
      );
}
