import { cleanCode } from '../forms/fields.js';
import { say, type Sentence } from '../sentence.js';
import type { CsvRow } from './csv-rows.js';

type Names<C extends string> = Readonly<Record<C, string>>;

/** No column that is read has a longer name: a longer cell of a header is not cleaned. */
const LONGEST_NAME = 100;

/** As programs of other countries, and people, separate cells, with how each is called. */
const SEPARATORS = new Map([
  [';', ';'],
  ['\t', 'Tab'],
  ['|', '|'],
  ['、', '、'],
]);

/** The columns of a file by their Japanese names, or all by their English ones, in any order. */
export class CsvColumns<C extends string> {
  /** @param optional columns that a file may lack: their cells are empty then */
  constructor(
    readonly names: Names<C>,
    private readonly englishNames: Names<C>,
    private readonly optional: readonly C[] = [],
  ) {}

  headerOf(row: CsvRow): CsvHeader<C> {
    const cells = row.cells.map(nameOf);
    const known = (names: Names<C>) =>
      Object.values<string>(names).filter((name) => cells.includes(name)).length;
    // A header is in one language: a further column called "name" beside 法人名 is not its 法人名.
    const isEnglish = known(this.englishNames) > known(this.names);
    return new CsvHeader(row, cells, isEnglish ? this.englishNames : this.names, this.optional);
  }
}

/** The header of one file. */
export class CsvHeader<C extends string> {
  readonly #columns: C[];
  readonly #places: (readonly [C, number])[];

  constructor(
    private readonly row: CsvRow,
    private readonly cells: readonly string[],
    private readonly names: Names<C>,
    private readonly optional: readonly C[],
  ) {
    this.#columns = Object.keys(names) as C[];
    this.#places = this.#columns.map((column) => [column, cells.indexOf(names[column])]);
  }

  get line(): number {
    return this.row.line;
  }

  /** The columns that are missing or named twice. Columns with other names are ignored. */
  get problems(): Sentence[] {
    if (this.#otherSeparator) return [otherSeparator(this.#otherSeparator)];
    const listed = (fits: (times: number, column: C) => boolean) =>
      this.#columns
        .filter((column) => fits(this.#timesOf(column), column))
        .map((column) => this.names[column])
        .join('、');
    const missing = listed((times, column) => times === 0 && !this.optional.includes(column));
    const repeated = listed((times) => times > 1);
    return [
      ...(missing
        ? [say('見出しの行に、列「{columns}」がありません。', { columns: missing })]
        : []),
      ...(repeated
        ? [say('見出しの行に、列「{columns}」が2つ以上あります。', { columns: repeated })]
        : []),
    ];
  }

  /** The cells of a row under a header that has no problems; a missing cell is empty. */
  read(cells: readonly string[]): Record<C, string> {
    return Object.fromEntries(
      this.#places.map(([column, place]) => [column, cells[place] ?? '']),
    ) as Record<C, string>;
  }

  /** Cells that stand under no name. */
  isExceededBy(cells: readonly string[]): boolean {
    return cells.slice(this.cells.length).some((cell) => cell.trim() !== '');
  }

  /** What the header names besides the known columns. */
  get others(): string[] {
    const known = Object.values<string>(this.names);
    return this.row.cells
      .filter((cell, place) => cell !== '' && !known.includes(this.cells[place]!))
      .map((cell) => (cell.length > LONGEST_NAME ? `${cell.slice(0, LONGEST_NAME)}…` : cell));
  }

  /** What stands between the names where no comma does. */
  get #otherSeparator(): string | undefined {
    if (this.cells.length !== 1) return undefined;
    const known = Object.values<string>(this.names);
    const [whole] = this.cells as [string];
    const isBetween = (sign: string) =>
      whole.split(sign).some((name) => known.includes(name.trim()));
    const found = [...SEPARATORS].find(([sign]) => whole.includes(sign) && isBetween(sign));
    return found?.[1];
  }

  #timesOf(column: C): number {
    return this.cells.filter((cell) => cell === this.names[column]).length;
  }
}

function nameOf(cell: string): string {
  return cell.length > LONGEST_NAME ? cell : cleanCode(cell).toLowerCase();
}

function otherSeparator(sign: string): Sentence {
  return say(
    '見出しの行が、カンマ（,）ではなく「{sign}」で区切られています。カンマで区切ったCSVファイルとして、保存し直してください。',
    { sign },
  );
}
