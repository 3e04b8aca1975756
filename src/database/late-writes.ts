import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { isUnavailable } from './faults.js';
import { inUnitOfWork } from './unit-of-work.js';

const PAUSE_MS = 200;
/** Those beyond are lost. */
const MOST_WAITING = 2_000;

type Write = () => Promise<unknown>;

/** Small writes that tidy up after requests: while the database is away they wait for it, in memory. */
@Injectable()
export class LateWrites implements OnModuleDestroy {
  readonly #waiting = new Set<Write>();
  #isWriting = false;
  #isClosing = false;

  /** Resolves when it is done, or waits. */
  async do(write: Write): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      this.later(write);
    }
  }

  later(write: Write): void {
    if (this.#waiting.size < MOST_WAITING) this.#waiting.add(write);
    void inUnitOfWork(() => this.#writeAll());
  }

  onModuleDestroy(): void {
    this.#isClosing = true;
  }

  async #writeAll(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    for (const write of this.#waiting) {
      while (!this.#isClosing && !(await isWritten(write)))
        await wait(PAUSE_MS, undefined, { ref: false });
      this.#waiting.delete(write);
    }
    this.#isWriting = false;
  }
}

function isWritten(write: Write): Promise<boolean> {
  return write().then(
    () => true,
    (error: unknown) => !isUnavailable(error),
  );
}
