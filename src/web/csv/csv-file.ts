import iconv from 'iconv-lite';
import { say } from '../sentence.js';
import { CsvRows, type CsvRow, type LineProblem } from './csv-rows.js';
import { FileEncoding } from './file-encoding.js';

export interface CsvReading {
  rows: CsvRow[];
  problems: LineProblem[];
}

/** No encoding that is read here has them. */
export const LOST_CHARACTERS = /[\uFFFD\0]/;

export const NOT_IN_AN_ENCODING = say(
  'UTF-8としてもShift_JISとしても読み取れない文字があります。文字コードを確かめて、ファイルを保存し直してください。',
);

/**
 * Reads a CSV file in UTF-8, with or without a byte order mark, or in Windows-31J (what Excel in
 * Japan calls Shift_JIS).
 * @returns the rows up to where the file could be read, and what stopped it
 */
export function readCsv(bytes: Uint8Array): CsvReading {
  const text = textOfFile(bytes).replace(/\r\n?/g, '\n');
  const reading = new CsvRows();
  const rows = reading.read(text);
  const last = reading.end();
  if (last) rows.push(last);
  return withoutLost({ rows, problems: reading.problem ? [reading.problem] : [] }, text);
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
