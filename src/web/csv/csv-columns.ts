import { cleanCode } from '../forms/fields.js';
import { say, type Sentence } from '../sentence.js';
import type { CsvRow } from './csv-file.js';

type Names<C extends string> = Readonly<Record<C, string>>;

/** The columns of a file by their Japanese names, or all by their English ones, in any order. */
export class CsvColumns<C extends string> {
  readonly #all: C[];

  /** @param optional columns that a file may lack: their cells are empty then */
  constructor(
    readonly names: Names<C>,
    private readonly englishNames: Names<C>,
    private readonly optional: readonly C[] = [],
  ) {
    this.#all = Object.keys(names) as C[];
  }

  /** The columns that the header lacks or names twice. Columns with other names are ignored. */
  headerProblems(header: CsvRow): Sentence[] {
    const names = this.#namesIn(header);
    const listed = (fits: (places: number, column: C) => boolean) =>
      this.#all
        .filter((column) => fits(placesOf(names[column], header).length, column))
        .map((column) => names[column])
        .join('、');
    const missing = listed((places, column) => places === 0 && !this.optional.includes(column));
    const repeated = listed((places) => places > 1);
    return [
      ...(missing
        ? [say('見出しの行に、列「{columns}」がありません。', { columns: missing })]
        : []),
      ...(repeated
        ? [say('見出しの行に、列「{columns}」が2つ以上あります。', { columns: repeated })]
        : []),
    ];
  }

  /** Makes a reader of rows for a header that has no problems; a missing cell is empty. */
  readerOf(header: CsvRow): (cells: readonly string[]) => Record<C, string> {
    const names = this.#namesIn(header);
    const places = this.#all.map((column) => [column, placesOf(names[column], header)[0]] as const);
    return (cells) =>
      Object.fromEntries(
        places.map(([column, place]) => [column, cells[place ?? -1] ?? '']),
      ) as Record<C, string>;
  }

  /** What the header names besides these columns. */
  othersIn(header: CsvRow): string[] {
    const known = Object.values(this.#namesIn(header));
    return header.cells.filter((cell) => cell !== '' && !known.includes(nameOf(cell)));
  }

  /** A header is in one language: a further column called "name" beside 法人名 is not its 法人名. */
  #namesIn(header: CsvRow): Names<C> {
    const known = (names: Names<C>) =>
      this.#all.filter((column) => placesOf(names[column], header).length > 0).length;
    return known(this.englishNames) > known(this.names) ? this.englishNames : this.names;
  }
}

function placesOf(name: string, { cells }: CsvRow): number[] {
  return cells.flatMap((cell, place) => (nameOf(cell) === name ? [place] : []));
}

function nameOf(cell: string): string {
  return cleanCode(cell).toLowerCase();
}
