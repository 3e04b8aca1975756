import { CsvError, parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { say, type Sentence } from '../sentence.js';

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

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const LOST = /[\uFFFD\0]/;

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
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return damagedUtf8(bytes) ?? iconv.decode(bytes, 'cp932');
  }
}

/**
 * Cuts in the middle of a character make UTF-8 invalid, and then it decodes as Windows-31J, to
 * nonsense. Damaged UTF-8 is recognised by how little of it is broken.
 */
function damagedUtf8(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes);
  const broken = text.length - text.replace(/\uFFFD/g, '').length;
  const whole = text.length - text.replace(/[\u0080-\uFFFC]/g, '').length;
  const marked = BYTE_ORDER_MARK.every((byte, place) => bytes[place] === byte);
  return marked || whole > 10 * broken ? text : undefined;
}

function lostCharacters(text: string): LineProblem[] {
  const sentence = say(
    'UTF-8としてもShift_JISとしても読み取れない文字があります。文字コードを確かめて、ファイルを保存し直してください。',
  );
  const problems = text
    .split('\n')
    .flatMap((line, place) => (LOST.test(line) ? [{ line: place + 1, sentence }] : []));
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
    const sentence = say(
      'この行の引用符（"）の使い方が正しくないため、ここから先を読み取れません。値の中の引用符は、2つ重ねて（""）書いてください。',
    );
    return { rows, problems: [{ line, sentence }] };
  }
  return { rows, problems: [] };
}
