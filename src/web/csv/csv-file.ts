import { CsvError, parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { say, type Sentence } from '../sentence.js';
import { FileEncoding } from './file-encoding.js';

/** A problem at a row of a file; 0 is the file as a whole. */
export interface LineProblem {
  line: number;
  sentence: Sentence;
}

export interface CsvRow {
  line: number;
  cells: string[];
}

export interface CsvReading {
  rows: CsvRow[];
  problems: LineProblem[];
}

/** No encoding that is read here has them. */
export const LOST_CHARACTERS = /[\uFFFD\0]/;

export const NOT_IN_AN_ENCODING = say(
  'UTF-8としてもShift_JISとしても読み取れない文字があります。文字コードを確かめて、ファイルを保存し直してください。',
);
export const WRONG_QUOTES = say(
  'この行の引用符（"）の使い方が正しくないため、ここから先を読み取れません。値の中の引用符は、2つ重ねて（""）書いてください。',
);

const MOST_CELLS = 100;
const LONGEST_CELL = 4_000;
/** In bytes, where the parser itself gives up. */
const LONGEST_ROW = 64 * 1024;
const ROW_TOO_LONG = say(
  'この行は長すぎるため、ここから先を読み取れません。1行は{cells}列以内、1つの値は{most}文字以内にしてください。引用符（"）の閉じ忘れがないかもご確認ください。',
  { cells: MOST_CELLS, most: LONGEST_CELL },
);

/** Stops the parser. */
class RowRefused extends Error {}

/**
 * Reads a CSV file in UTF-8, with or without a byte order mark, or in Windows-31J (what Excel in
 * Japan calls Shift_JIS). Quoted cells may hold commas and line ends; empty rows are left out.
 * @returns the rows up to where the file could be read, and what stopped it
 */
export function readCsv(bytes: Uint8Array): CsvReading {
  const text = textOfFile(bytes).replace(/\r\n?/g, '\n');
  return withoutLost(parsed(text), text);
}

/** Characters that are in neither encoding become U+FFFD. */
export function textOfFile(bytes: Uint8Array): string {
  const encoding = new FileEncoding();
  encoding.add(bytes);
  return encoding.end() === 'utf-8'
    ? new TextDecoder().decode(bytes)
    : iconv.decode(bytes, 'cp932');
}

/** Nothing is read of a text with lost characters but where they are. */
export function withoutLost(reading: CsvReading, text: string): CsvReading {
  return LOST_CHARACTERS.test(text) ? { rows: [], problems: lostCharacters(reading) } : reading;
}

function lostCharacters({ rows, problems }: CsvReading): LineProblem[] {
  const sentence = NOT_IN_AN_ENCODING;
  const lost = rows
    .filter(({ cells }) => cells.some((cell) => LOST_CHARACTERS.test(cell)))
    .map(({ line }) => ({ line, sentence }));
  // The characters of another encoding look like wrong quotes, too.
  if (lost.length === 0) return [{ line: problems[0]?.line ?? 1, sentence }];
  return lost[0]?.line === 1 ? lost.slice(0, 1) : lost;
}

function parsed(text: string): CsvReading {
  const rows: CsvRow[] = [];
  let line = 1;
  try {
    parse(text, {
      record_delimiter: '\n',
      max_record_size: LONGEST_ROW,
      relax_column_count: true,
      trim: true,
      on_record: (cells: string[], { lines }) => {
        if (rowRefusal(cells)) throw new RowRefused();
        if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
        line = lines + 1;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError || error instanceof RowRefused)) throw error;
    const isTooLong = error instanceof RowRefused || error.code === 'CSV_MAX_RECORD_SIZE';
    return { rows, problems: [{ line, sentence: isTooLong ? ROW_TOO_LONG : WRONG_QUOTES }] };
  }
  return { rows, problems: [] };
}

/** Judged before anything looks at the cells. */
export function rowRefusal(cells: readonly string[]): Sentence | undefined {
  const isFine = cells.length <= MOST_CELLS && cells.every(({ length }) => length <= LONGEST_CELL);
  return isFine ? undefined : ROW_TOO_LONG;
}
