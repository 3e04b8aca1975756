import { cleanCode } from '../web/forms/fields.js';
import { say, type Sentence } from '../web/sentence.js';
import type { CsvRow } from './csv-file.js';

/** The columns of the master data, by the names that the invoice and the manual use. */
export const columnNames = {
  corporateNumber: '法人番号',
  name: '法人名',
  nameKana: '法人名カナ',
  transferAccountNumber: 'お振込先口座番号',
  billingEmail: '請求先メールアドレス',
} as const;

export type Column = keyof typeof columnNames;

export type TypedRow = Record<Column, string>;

const englishNames: Record<Column, string> = {
  corporateNumber: 'corporate_number',
  name: 'name',
  nameKana: 'name_kana',
  transferAccountNumber: 'transfer_account_number',
  billingEmail: 'billing_email',
};

const columns = Object.keys(columnNames) as Column[];

/** The columns that the header lacks or names twice. Columns with other names are ignored. */
export function headerProblems(header: CsvRow): Sentence[] {
  const names = namesIn(header);
  const listed = (fits: (places: number) => boolean) =>
    columns
      .filter((column) => fits(placesOf(names[column], header).length))
      .map((column) => names[column])
      .join('、');
  const missing = listed((places) => places === 0);
  const repeated = listed((places) => places > 1);
  return [
    ...(missing ? [say('見出しの行に、列「{columns}」がありません。', { columns: missing })] : []),
    ...(repeated
      ? [say('見出しの行に、列「{columns}」が2つ以上あります。', { columns: repeated })]
      : []),
  ];
}

/** Makes a reader of rows for a header that has no problems; a missing cell is empty. */
export function readerOf(header: CsvRow): (cells: string[]) => TypedRow {
  const names = namesIn(header);
  const places = columns.map((column) => [column, placesOf(names[column], header)[0]!] as const);
  return (cells) =>
    Object.fromEntries(places.map(([column, place]) => [column, cells[place] ?? ''])) as TypedRow;
}

/** A header is in one language: a further column called "name" beside 法人名 is not its 法人名. */
function namesIn(header: CsvRow): Record<Column, string> {
  const known = (names: Record<Column, string>) =>
    columns.filter((column) => placesOf(names[column], header).length > 0).length;
  return known(englishNames) > known(columnNames) ? englishNames : columnNames;
}

function placesOf(name: string, { cells }: CsvRow): number[] {
  return cells.flatMap((cell, place) => (cleanCode(cell).toLowerCase() === name ? [place] : []));
}
