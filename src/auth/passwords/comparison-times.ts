const KEPT = 32;

/** How long the last comparisons took, in milliseconds. */
export class ComparisonTimes {
  readonly #kept: number[] = [];
  #count = 0;

  note(milliseconds: number): void {
    this.#kept[this.#count % KEPT] = milliseconds;
    this.#count += 1;
  }

  /** One of them by chance: on a busy machine they vary, and their mean would not. */
  any(): number {
    return this.#kept[Math.floor(Math.random() * this.#kept.length)] ?? 0;
  }
}
