import { setImmediate as nextTurn } from 'node:timers/promises';
import iconv from 'iconv-lite';
import { LOST_CHARACTERS, NOT_IN_AN_ENCODING, withoutLost, type CsvReading } from './csv-file.js';
import { CsvRows, type Counted, type CsvRow, type LineProblem } from './csv-rows.js';
import { FileEncoding } from './file-encoding.js';

/** Opens a file from its beginning, as often as it is asked. */
export type FileSource = () => AsyncIterable<Uint8Array>;

/** So many characters are read before others get their turn. */
const PORTION = 8 * 1024;
/** And so many rows, with what a caller does with each: a few milliseconds. */
const ROWS_OF_A_TURN = 100;

type CsvLine = { ok: true; row: CsvRow } | { ok: false; problem: LineProblem };

/**
 * Reads a CSV file row by row, for files that memory should not hold. The bytes are read twice,
 * because only all of them tell their encoding. Others get their turn meanwhile.
 */
export async function* streamCsv(source: FileSource): AsyncGenerator<CsvLine> {
  let rows = 0;
  for await (const read of rowsIn(plainText(source))) {
    rows += 1;
    if (rows % ROWS_OF_A_TURN === 0) await nextTurn();
    const isLost = read.ok && read.row.cells.some((cell) => LOST_CHARACTERS.test(cell));
    yield isLost ? wrong(read.row.line, NOT_IN_AN_ENCODING) : read;
    // What is lost at once is lost everywhere.
    if (isLost && read.row.line === 1) return;
  }
}

/**
 * The same for what people copy from spreadsheets, which count rows: a row is one, however many
 * line ends its cells hold. Others get their turn meanwhile.
 * @param delimiter a tab for cells
 */
export async function readCsvText(typed: string, delimiter = ','): Promise<CsvReading> {
  const text = typed.replace(/\r\n?/g, '\n');
  const reading: CsvReading = { rows: [], problems: [] };
  for await (const read of rowsIn(portionsOf(text), delimiter, 'rows')) {
    if (read.ok) reading.rows.push(read.row);
    else reading.problems.push(read.problem);
  }
  return withoutLost(reading, text);
}

async function* portionsOf(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += PORTION) {
    yield text.slice(at, at + PORTION);
    await nextTurn();
  }
}

/** Up to where the text could be read, and what stopped it. */
async function* rowsIn(
  text: AsyncIterable<string>,
  delimiter = ',',
  counted: Counted = 'lines',
): AsyncGenerator<CsvLine> {
  const reading = new CsvRows(delimiter, counted);
  for await (const piece of text) {
    for (const row of reading.read(piece)) yield { ok: true, row };
    if (reading.problem) break;
  }
  const last = reading.end();
  if (last) yield { ok: true, row: last };
  if (reading.problem) yield { ok: false, problem: reading.problem };
}

function wrong(line: number, sentence: LineProblem['sentence']): CsvLine {
  return { ok: false, problem: { line, sentence } };
}

/** With line ends of one kind, which the parser counts. */
async function* plainText(source: FileSource): AsyncGenerator<string> {
  let held = '';
  for await (const piece of decoded(source, await encodingOf(source))) {
    const text = held + piece;
    // It may be half of a line end.
    held = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n');
  }
  if (held) yield '\n';
}

async function encodingOf(source: FileSource): Promise<'utf-8' | 'cp932'> {
  const encoding = new FileEncoding();
  for await (const bytes of source()) encoding.add(bytes);
  return encoding.end();
}

async function* decoded(source: FileSource, encoding: 'utf-8' | 'cp932') {
  const decoder = iconv.getDecoder(encoding);
  for await (const bytes of source()) yield decoder.write(Buffer.from(bytes));
  yield decoder.end() ?? '';
}
