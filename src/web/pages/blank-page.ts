/** A drawn page with blanks: texts that each visit has of its own. */
export class BlankPage {
  readonly #pieces: string[];

  /** @param blanks what stands for each text in the drawn page: letters, digits and `-%` */
  constructor(drawn: string, blanks: Iterable<string>) {
    this.#pieces = drawn.split(new RegExp(`(${[...blanks].join('|')})`));
  }

  /** @param texts the HTML for each blank */
  filled(texts: ReadonlyMap<string, string>): string {
    return this.#pieces.map((piece) => texts.get(piece) ?? piece).join('');
  }
}
