const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A process that lived for so long is replaced at once. */
const LONG_LIFE_MS = 60_000;

/**
 * Replaces web processes that end: the first at once, those that end soon with pauses that grow,
 * so that one that cannot live while the database is away does not take the processor.
 */
export class Replacements {
  readonly #waiting = new Set<NodeJS.Timeout>();
  #pause = 0;
  #lastStart = performance.now();

  constructor(private start: () => void) {}

  replace(): void {
    if (performance.now() - this.#lastStart > LONG_LIFE_MS) this.#pause = 0;
    const waiting = setTimeout(() => {
      this.#waiting.delete(waiting);
      this.#lastStart = performance.now();
      this.start();
    }, this.#pause);
    this.#waiting.add(waiting);
    this.#pause = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, 2 * this.#pause));
  }

  stop(): void {
    for (const waiting of this.#waiting) clearTimeout(waiting);
    this.start = () => undefined;
  }
}
