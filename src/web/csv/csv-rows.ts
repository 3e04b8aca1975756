import { say, type Sentence } from '../sentence.js';

/** A problem at a row of a file; 0 is the file as a whole. */
export interface LineProblem {
  line: number;
  sentence: Sentence;
}

export interface CsvRow {
  line: number;
  cells: string[];
}

/** What the numbers of rows say: where each begins in the file, or which one it is. */
export type Counted = 'lines' | 'rows';

const MOST_CELLS = 100;
const LONGEST_CELL = 4_000;

const WRONG_QUOTES = say(
  'この行の引用符（"）の使い方が正しくないため、ここから先を読み取れません。値の中の引用符は、2つ重ねて（""）書いてください。',
);
const ROW_TOO_LONG = say(
  'この行は長すぎるため、ここから先を読み取れません。1行は{cells}列以内、1つの値は{most}文字以内にしてください。引用符（"）の閉じ忘れがないかもご確認ください。',
  { cells: MOST_CELLS, most: LONGEST_CELL },
);

/**
 * The rows of a CSV text that comes whole or in pieces, with line ends of one kind. Quoted cells may
 * hold delimiters and line ends, the space around cells goes, and empty rows are left out. Time and
 * memory follow the length of the text: what is wrong first ends the reading (decision 075).
 */
export class CsvRows {
  problem: LineProblem | undefined;
  readonly #tokens: RegExp;
  #line = 1;
  #lineEnds = 0;
  #cells: string[] = [];
  #cell = '';
  /** A quote in a quoted cell closes it, unless another one follows. */
  #place: 'plain' | 'quoted' | 'quote' | 'closed' = 'plain';

  constructor(
    private readonly delimiter = ',',
    private readonly counted: Counted = 'lines',
  ) {
    this.#tokens = new RegExp(`["\\n${delimiter}]|[^"\\n${delimiter}]+`, 'g');
  }

  /** @returns the rows that end in this piece, up to a problem */
  read(piece: string): CsvRow[] {
    const rows: CsvRow[] = [];
    for (const [token] of piece.matchAll(this.#tokens)) {
      if (this.problem) break;
      const row = this.#take(token);
      if (row) rows.push(row);
      if (this.#cell.length > LONGEST_CELL || this.#cells.length >= MOST_CELLS)
        this.#refuse(ROW_TOO_LONG);
    }
    return rows;
  }

  /** @returns a last row without a line end */
  end(): CsvRow | undefined {
    if (this.#place === 'quoted') this.#refuse(WRONG_QUOTES);
    return this.problem ? undefined : this.#endRow();
  }

  #take(token: string): CsvRow | undefined {
    if (token === '\n') this.#lineEnds += 1;
    if (token === '"') this.#takeQuote();
    else if (this.#place === 'quoted') this.#cell += token;
    else if (token === '\n') return this.#endRow();
    else if (token === this.delimiter) this.#endCell();
    else if (this.#place === 'plain') this.#cell += token;
    else this.#expectSpace(token);
    return undefined;
  }

  #takeQuote(): void {
    if (this.#place === 'quoted') this.#place = 'quote';
    else if (this.#place === 'closed' || (this.#place === 'plain' && this.#cell.trim() !== ''))
      this.#refuse(WRONG_QUOTES);
    else {
      this.#cell = this.#place === 'quote' ? `${this.#cell}"` : '';
      this.#place = 'quoted';
    }
  }

  #expectSpace(token: string): void {
    if (token.trim() !== '') this.#refuse(WRONG_QUOTES);
    this.#place = 'closed';
  }

  #endCell(): void {
    this.#cells.push(this.#place === 'plain' ? this.#cell.trim() : this.#cell);
    this.#cell = '';
    this.#place = 'plain';
  }

  #endRow(): CsvRow | undefined {
    this.#endCell();
    const row = { line: this.#line, cells: this.#cells };
    this.#cells = [];
    this.#line = this.counted === 'lines' ? this.#lineEnds + 1 : this.#line + 1;
    return row.cells.some((cell) => cell.trim() !== '') ? row : undefined;
  }

  #refuse(sentence: Sentence): void {
    this.problem ??= { line: this.#line, sentence };
  }
}
