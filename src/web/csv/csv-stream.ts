import { pipeline, Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parse, type Parser } from 'csv-parse';
import iconv from 'iconv-lite';
import {
  LOST_CHARACTERS,
  NOT_IN_AN_ENCODING,
  rowRefusal,
  withoutLost,
  WRONG_QUOTES,
} from './csv-file.js';
import type { CsvReading, CsvRow, LineProblem } from './csv-file.js';
import { FileEncoding } from './file-encoding.js';

/** Opens a file from its beginning, as often as it is asked. */
export type FileSource = () => AsyncIterable<Uint8Array>;

/** What the numbers of rows say: where each begins in the file, or which one it is. */
type Counted = 'lines' | 'rows';

/** So many bytes are parsed before others get their turn. */
const PORTION = 1024;

export type CsvLine = { ok: true; row: CsvRow } | { ok: false; problem: LineProblem };

/**
 * Reads a CSV file like `readCsv`, row by row, for files that memory should not hold. The bytes are
 * read twice, because only all of them tell their encoding.
 */
export async function* streamCsv(source: FileSource): AsyncGenerator<CsvLine> {
  for await (const read of rowsIn(plainText(source))) {
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

async function* portionsOf(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += PORTION) {
    yield bytes.subarray(at, at + PORTION);
    await nextTurn();
  }
}

/** Up to where the text could be read, and what stopped it. */
async function* rowsIn(
  text: AsyncIterable<string | Buffer>,
  delimiter = ',',
  counted: Counted = 'lines',
): AsyncGenerator<CsvLine> {
  const parsing = new Parsing(delimiter, counted);
  // A fault of the file ends the parser, and with it whoever reads the rows.
  pipeline(Readable.from(text), parsing.parser, () => undefined);
  for await (const row of parsing.parser as AsyncIterable<CsvRow>) {
    if (row.line > parsing.wrongQuotesAt) break;
    const refusal = rowRefusal(row.cells);
    if (refusal) return void (yield wrong(row.line, refusal));
    if (row.cells.some((cell) => cell.trim() !== '')) yield { ok: true, row };
  }
  if (parsing.wrongQuotesAt < Infinity) yield wrong(parsing.wrongQuotesAt, WRONG_QUOTES);
}

/** The parser runs ahead of whoever reads its rows, so it notes their lines itself. */
class Parsing {
  wrongQuotesAt = Infinity;
  readonly parser: Parser;
  #next = 1;

  constructor(delimiter: string, counted: Counted) {
    this.parser = parse({
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      trim: true,
      skip_records_with_error: true,
      on_skip: () => void (this.wrongQuotesAt = Math.min(this.wrongQuotesAt, this.#next)),
      on_record: (cells: string[], { lines }) => {
        const row = { line: this.#next, cells };
        this.#next = counted === 'lines' ? lines + 1 : this.#next + 1;
        return row as unknown as string[];
      },
    });
  }
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
