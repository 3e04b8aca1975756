import type { Event } from './events.js';

/** The mailbox names everything that came instead. */
const LONGEST = 60;

/** How often each thing ended how: by its status, or by the fault of the one who did it. */
export class Outcomes {
  readonly #counts = new Map<string, Map<string, number>>();

  async of({ name, happens }: Event): Promise<void> {
    const outcome = await happens().then(String, (error: Error) => error.message.slice(0, LONGEST));
    const counts = this.#counts.get(name) ?? new Map<string, number>();
    this.#counts.set(name, counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
  }

  lines(): string[] {
    return [...this.#counts].map(([name, counts]) => {
      const each = [...counts].map(([outcome, count]) => `${outcome}: ${count}`).join(', ');
      return `${name}: ${each}`;
    });
  }
}
