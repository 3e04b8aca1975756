import type { CsvHeader } from '../../web/csv/csv-columns.js';
import type { CsvRow, LineProblem } from '../../web/csv/csv-rows.js';
import { streamCsv, type FileSource } from '../../web/csv/csv-stream.js';
import { say, type Sentence } from '../../web/sentence.js';
import { TOO_WIDE } from '../master-data.js';
import type { NumberFormats } from '../numbers.js';
import { invoiceColumns, type TypedInvoice } from './invoice-columns.js';
import { cleanInvoice, invoiceProblems, type InvoiceRow } from './invoice-row.js';

type InvoiceLine =
  { ok: true; line: number; row: InvoiceRow } | { ok: false; problems: LineProblem[] };

type InvoiceHeader = CsvHeader<keyof TypedInvoice>;

const EMPTY = say('ファイルが空です。見出しの行と、請求書の行を入れてください。');

/**
 * Reads the operator's invoices line by line: CSV with a Japanese or English header (contract,
 * "Invoices"), the columns in any order, other columns ignored.
 * @param latest the last day that an invoice may have
 */
export async function* readInvoices(
  source: FileSource,
  formats: NumberFormats,
  latest: string,
): AsyncGenerator<InvoiceLine> {
  let header: InvoiceHeader | undefined;
  for await (const read of streamCsv(source)) {
    if (!read.ok) yield { ok: false, problems: [read.problem] };
    else if (header) yield invoiceIn(header, read.row, formats, latest);
    else {
      header = invoiceColumns.headerOf(read.row);
      const problems = problemsAt(header.line, header.problems);
      if (problems.length > 0) return void (yield { ok: false, problems });
    }
    if (!read.ok && !header) return;
  }
  if (!header) yield { ok: false, problems: problemsAt(0, [EMPTY]) };
}

function invoiceIn(
  header: InvoiceHeader,
  { line, cells }: CsvRow,
  formats: NumberFormats,
  latest: string,
): InvoiceLine {
  if (header.isExceededBy(cells)) return { ok: false, problems: problemsAt(line, [TOO_WIDE]) };
  const typed = header.read(cells);
  const row = cleanInvoice(typed);
  const problems = problemsAt(line, invoiceProblems(row, typed, formats, latest));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, line, row };
}

function problemsAt(line: number, sentences: Sentence[]): LineProblem[] {
  return sentences.map((sentence) => ({ line, sentence }));
}
