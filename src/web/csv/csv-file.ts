import iconv from 'iconv-lite';
import { say } from '../sentence.js';
import type { CsvRow, LineProblem } from './csv-rows.js';
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
