import { say, type Sentence } from '../web/sentence.js';
import type { CsvHeader } from '../web/csv/csv-columns.js';
import type { CsvRow, LineProblem } from '../web/csv/csv-rows.js';
import { streamCsv, type FileSource } from '../web/csv/csv-stream.js';
import { columnNames, masterDataColumns, type TypedRow } from './master-data-columns.js';
import { cleanRow, rowProblems, type MasterDataRow } from './master-data-row.js';
import { corporateNumberProblem, type NumberFormats } from './numbers.js';

/** A company as all its rows together name it. */
export interface MasterDataCompany {
  corporateNumber: string;
  name: string;
  nameKana: string;
  billingEmail: string | null;
  transferAccountNumbers: Set<string>;
  /** The first one of the file that names it. */
  line: number;
}

export interface MasterData {
  /** Several may name one company. */
  rows: number;
  companies: MasterDataCompany[];
}

const OF_THE_COMPANY = ['name', 'nameKana', 'billingEmail'] as const;

type MasterDataReading =
  { ok: true; masterData: MasterData } | { ok: false; problems: LineProblem[] };

/**
 * Reads the operator's master data: CSV with a Japanese or English header (contract, "Master
 * data"), the columns in any order, other columns ignored. Kana and mail address may be empty.
 * @param onProgress called now and then with how many rows were read
 * @returns the companies, or everything that is wrong with the file, line by line
 */
export async function readMasterData(
  source: FileSource,
  formats: NumberFormats,
  onProgress: (rows: number) => void = () => undefined,
): Promise<MasterDataReading> {
  const companies = new Companies();
  const problems: LineProblem[] = [];
  let header: MasterDataHeader | undefined;
  let rows = 0;
  for await (const read of streamCsv(source)) {
    if (!read.ok) problems.push(read.problem);
    else if (header) {
      rows += 1;
      problems.push(...rowRead(header, read.row, formats, companies));
      if (rows % ROWS_OF_A_SIGN === 0) onProgress(rows);
    } else {
      header = masterDataColumns.headerOf(read.row);
      problems.push(...problemsAt(header.line, header.problems));
      if (problems.length > 0) break;
    }
  }
  if (!header && problems.length === 0) problems.push(...problemsAt(0, [EMPTY]));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, masterData: { rows, companies: companies.all } };
}

type MasterDataHeader = CsvHeader<keyof TypedRow>;

const ROWS_OF_A_SIGN = 1_000;
const EMPTY = say('ファイルが空です。見出しの行と、法人の行を入れてください。');
export const TOO_WIDE = say(
  '見出しより列が多くあります。カンマを含む値は、引用符（"）で囲んでください。',
);

function problemsAt(line: number, sentences: Sentence[]): LineProblem[] {
  return sentences.map((sentence) => ({ line, sentence }));
}

function rowRead(
  header: MasterDataHeader,
  { line, cells }: CsvRow,
  formats: NumberFormats,
  companies: Companies,
): LineProblem[] {
  if (header.isExceededBy(cells)) return problemsAt(line, [TOO_WIDE]);
  const typed = header.read(cells);
  const row = cleanRow(typed, formats);
  const problems = rowProblems(row, typed, formats);
  const named = corporateNumberProblem(row.corporateNumber, formats) === undefined;
  return problemsAt(line, named ? [...problems, ...companies.add(row, line)] : problems);
}

class Companies {
  readonly #byNumber = new Map<string, MasterDataCompany>();

  get all(): MasterDataCompany[] {
    return [...this.#byNumber.values()];
  }

  /** Adds the row's account to its company; returns what contradicts the company's first row. */
  add({ transferAccountNumber, ...named }: MasterDataRow, line: number): Sentence[] {
    const known = this.#byNumber.get(named.corporateNumber);
    if (!known) {
      const transferAccountNumbers = new Set([transferAccountNumber]);
      this.#byNumber.set(named.corporateNumber, { ...named, transferAccountNumbers, line });
      return [];
    }
    known.transferAccountNumbers.add(transferAccountNumber);
    return OF_THE_COMPANY.filter((column) => known[column] !== named[column]).map((column) =>
      say('{column}が、同じ法人番号の{line}行目と違います。どちらかにそろえてください。', {
        column: columnNames[column],
        line: known.line,
      }),
    );
  }
}
