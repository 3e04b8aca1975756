import { CsvError, parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { say, type Sentence } from '../sentence.js';
import { FileEncoding } from './file-encoding.js';

/** A problem at a line of a file; line 0 is the file as a whole. */
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
  return readCsvText(textOfFile(bytes));
}

/** The same for a file as text. @param delimiter a tab for cells that come from a spreadsheet */
export function readCsvText(typed: string, delimiter = ','): CsvReading {
  const text = typed.replace(/\r\n?/g, '\n');
  const problems = lostCharacters(text);
  return problems.length > 0 ? { rows: [], problems } : parsed(text, delimiter);
}

/** Characters that are in neither encoding become U+FFFD. */
export function textOfFile(bytes: Uint8Array): string {
  const encoding = new FileEncoding();
  encoding.add(bytes);
  return encoding.end() === 'utf-8'
    ? new TextDecoder().decode(bytes)
    : iconv.decode(bytes, 'cp932');
}

function lostCharacters(text: string): LineProblem[] {
  const sentence = NOT_IN_AN_ENCODING;
  const problems = text
    .split('\n')
    .flatMap((line, place) => (LOST_CHARACTERS.test(line) ? [{ line: place + 1, sentence }] : []));
  return problems[0]?.line === 1 ? problems.slice(0, 1) : problems;
}

function parsed(text: string, delimiter: string): CsvReading {
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
        line = lines + 1;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, problems: [{ line, sentence: WRONG_QUOTES }] };
  }
  return { rows, problems: [] };
}
