import type { Application, Ask } from './application.js';
import { check } from './fault.js';

/** Asks for a recovery, each from an address of its own. */
export function recovery(asked: number): Ask {
  const address = `198.51.${(asked >> 8) & 255}.${asked & 255}`;
  return { path: '/password-reset', form: { email: 'sato@minato.example' }, address };
}

/** Clients that ask again and again, each after its last answer. */
export class Crowd {
  /** How often each status came; 0 stands for a connection without an answer. */
  readonly statuses = new Map<number, number>();
  slowestSeconds = 0;
  readonly #clients: Promise<void>[];
  #goesOn = true;

  /** @param nextAsk is told how many were asked before */
  constructor(
    private readonly application: Application,
    clients: number,
    private readonly nextAsk: (asked: number) => Ask,
  ) {
    this.#clients = Array.from({ length: clients }, () => this.#client());
  }

  /** How many answers had one of these statuses. */
  count(...statuses: number[]): number {
    return statuses.reduce((sum, status) => sum + (this.statuses.get(status) ?? 0), 0);
  }

  /** In words: `303: 1200, 503: 17`. */
  get tally(): string {
    const counted = [...this.statuses].toSorted(([a], [b]) => a - b);
    return counted.map(([status, count]) => `${status}: ${count}`).join(', ');
  }

  /** Ends it; fails when any answer had another status than these. */
  async stop(...allowed: number[]): Promise<void> {
    this.#goesOn = false;
    await Promise.all(this.#clients);
    check(this.count(...allowed) === this.count(...this.statuses.keys()), `answers ${this.tally}`);
  }

  #asked = 0;

  async #client(): Promise<void> {
    while (this.#goesOn) {
      const began = performance.now();
      const status = await this.application.statusOf(this.nextAsk(this.#asked++));
      this.statuses.set(status, this.count(status) + 1);
      this.slowestSeconds = Math.max(this.slowestSeconds, (performance.now() - began) / 1000);
    }
  }
}
