import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { LOST_CHARACTERS, NOT_IN_AN_ENCODING, WRONG_QUOTES } from './csv-file.js';
import type { CsvRow, LineProblem } from './csv-file.js';
import { FileEncoding } from './file-encoding.js';

/** Opens a file from its beginning, as often as it is asked. */
export type FileSource = () => AsyncIterable<Uint8Array>;

export type CsvLine = { ok: true; row: CsvRow } | { ok: false; problem: LineProblem };

/**
 * Reads a CSV file like `readCsv`, row by row, for files that memory should not hold. The bytes are
 * read twice, because only all of them tell their encoding.
 */
export async function* streamCsv(source: FileSource): AsyncGenerator<CsvLine> {
  const parsing = new Parsing();
  // A fault of the file ends the parser, and with it whoever reads the rows.
  pipeline(Readable.from(plainText(source)), parsing.parser, () => undefined);
  for await (const row of parsing.parser as AsyncIterable<CsvRow>) {
    if (row.line > parsing.wrongQuotesAt) break;
    if (row.cells.every((cell) => cell.trim() === '')) continue;
    const isLost = row.cells.some((cell) => LOST_CHARACTERS.test(cell));
    yield isLost ? wrong(row.line, NOT_IN_AN_ENCODING) : { ok: true, row };
    // What is lost at once is lost everywhere.
    if (isLost && row.line === 1) return;
  }
  if (parsing.wrongQuotesAt < Infinity) yield wrong(parsing.wrongQuotesAt, WRONG_QUOTES);
}

/** The parser runs ahead of whoever reads its rows, so it notes their lines itself. */
class Parsing {
  wrongQuotesAt = Infinity;
  #next = 1;

  readonly parser = parse({
    record_delimiter: '\n',
    relax_column_count: true,
    trim: true,
    skip_records_with_error: true,
    on_skip: () => void (this.wrongQuotesAt = Math.min(this.wrongQuotesAt, this.#next)),
    on_record: (cells: string[], { lines }) => {
      const row = { line: this.#next, cells };
      this.#next = lines + 1;
      return row as unknown as string[];
    },
  });
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
