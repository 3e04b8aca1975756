/** The figures of all rounds, by name. */
export class Samples {
  readonly #values = new Map<string, number[]>();

  add(figures: Record<string, number>): void {
    for (const [name, value] of Object.entries(figures)) {
      const values = this.#values.get(name) ?? [];
      this.#values.set(name, [...values, value]);
    }
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** NaN for what was never measured. */
  median(name: string): number {
    const values = (this.#values.get(name) ?? []).toSorted((a, b) => a - b);
    const middle = values.length >> 1;
    if (values.length % 2 === 1) return values[middle]!;
    return (values[middle - 1]! + values[middle]!) / 2;
  }

  /** What each round alone saw; what was measured once belongs to all of them. */
  get rounds(): Samples[] {
    const most = Math.max(0, ...[...this.#values.values()].map((values) => values.length));
    return Array.from({ length: most }, (_, round) => {
      const samples = new Samples();
      for (const [name, values] of this.#values)
        samples.add({ [name]: values.length === 1 ? values[0]! : (values[round] ?? NaN) });
      return samples;
    });
  }

  get all(): Record<string, number[]> {
    return Object.fromEntries(this.#values);
  }
}
