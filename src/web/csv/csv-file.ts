import { CsvError, parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { say, type Sentence } from '../sentence.js';
import { FileEncoding } from './file-encoding.js';

/** What the numbers of rows say: where each begins in the file, or which one it is. */
type Counted = 'lines' | 'rows';

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

/**
 * Reads a CSV file in UTF-8, with or without a byte order mark, or in Windows-31J (what Excel in
 * Japan calls Shift_JIS). Quoted cells may hold commas and line ends; empty rows are left out.
 * @returns the rows up to where the file could be read, and what stopped it
 */
export function readCsv(bytes: Uint8Array): CsvReading {
  return readText(textOfFile(bytes), ',', 'lines');
}

/**
 * The same for what people copy from spreadsheets, which count rows: a row is one, however many
 * line ends its cells hold.
 * @param delimiter a tab for cells
 */
export function readCsvText(typed: string, delimiter = ','): CsvReading {
  return readText(typed, delimiter, 'rows');
}

function readText(typed: string, delimiter: string, counted: Counted): CsvReading {
  const text = typed.replace(/\r\n?/g, '\n');
  const reading = parsed(text, delimiter, counted);
  const problems = lostCharacters(reading, text);
  return problems.length > 0 ? { rows: [], problems } : reading;
}

/** Characters that are in neither encoding become U+FFFD. */
export function textOfFile(bytes: Uint8Array): string {
  const encoding = new FileEncoding();
  encoding.add(bytes);
  return encoding.end() === 'utf-8'
    ? new TextDecoder().decode(bytes)
    : iconv.decode(bytes, 'cp932');
}

function lostCharacters({ rows, problems }: CsvReading, text: string): LineProblem[] {
  if (!LOST_CHARACTERS.test(text)) return [];
  const sentence = NOT_IN_AN_ENCODING;
  const lost = rows
    .filter(({ cells }) => cells.some((cell) => LOST_CHARACTERS.test(cell)))
    .map(({ line }) => ({ line, sentence }));
  // The characters of another encoding look like wrong quotes, too.
  if (lost.length === 0) return [{ line: problems[0]?.line ?? 1, sentence }];
  return lost[0]?.line === 1 ? lost.slice(0, 1) : lost;
}

function parsed(text: string, delimiter: string, counted: Counted): CsvReading {
  const rows: CsvRow[] = [];
  let line = 1;
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      trim: true,
      on_record: (cells: string[], { lines }) => {
        if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
        line = counted === 'lines' ? lines + 1 : line + 1;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, problems: [{ line, sentence: WRONG_QUOTES }] };
  }
  return { rows, problems: [] };
}
