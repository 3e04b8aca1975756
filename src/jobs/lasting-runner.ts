import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import {
  run,
  type Runner,
  type RunnerOptions,
  type WorkerEvents,
  type WorkerPluginContext,
} from 'graphile-worker';
import type { Pool } from 'pg';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** One that worked for so long ends for a reason of its own. */
const LONG_LIFE_MS = 60_000;
/** Waiting for a connection, and a statement, take less. */
const WRITTEN_WITHIN_MS = 7_000;

export type LastingOptions = RunnerOptions & { pgPool: Pool };

/**
 * A job runner that goes on after faults of the database. The library gives up when it cannot write
 * down what became of a job: it lets that error end the process by default, or, where it writes in
 * batches as here, ends the runner. Then another one follows, and takes up again what the former
 * held; such a job may be done twice.
 *
 * The library's own promise of that end is not waited for: where two jobs cannot be written down at
 * once, its count of them goes wrong and it waits for ever (0.18.0). A runner is over when its last
 * slot has stopped.
 */
export class LastingRunner {
  readonly #events: WorkerEvents;
  /** Of all runners so far. */
  readonly #poolIds: string[] = [];
  readonly #contexts = new Set<WorkerPluginContext>();
  readonly #stopping = new AbortController();
  /** Undefined between two of them. */
  #runner: Runner | undefined;
  #slots = 0;
  #lastSlot = Promise.withResolvers<void>();
  #ended: Promise<void>;

  private constructor(private readonly options: LastingOptions) {
    this.#events = options.events ?? (new EventEmitter() as WorkerEvents);
    this.#events.on('pool:create', ({ ctx, workerPool }) => {
      this.#contexts.add(ctx);
      this.#poolIds.push(workerPool.id);
    });
    this.#events.on('worker:create', () => {
      if (this.#slots === 0) this.#lastSlot = Promise.withResolvers();
      this.#slots += 1;
    });
    this.#events.on('worker:stop', () => {
      this.#slots -= 1;
      if (this.#slots === 0) this.#lastSlot.resolve();
    });
    this.#ended = Promise.resolve();
  }

  /** @throws when the first runner cannot begin */
  static async begin(options: LastingOptions): Promise<LastingRunner> {
    const lasting = new LastingRunner(options);
    await lasting.#begin();
    lasting.#ended = lasting.#goOn();
    return lasting;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#end();
    await this.#ended;
    this.#forget();
  }

  async #begin(): Promise<void> {
    const preset = {
      extends: this.options.preset ? [this.options.preset] : [],
      worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 },
    };
    this.#runner = await run({ ...this.options, preset, events: this.#events });
  }

  async #goOn(): Promise<void> {
    const { signal } = this.#stopping;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const began = performance.now();
      await this.#over();
      if (performance.now() - began > LONG_LIFE_MS) pause = FIRST_PAUSE_MS;
      await wait(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await this.#follow().catch(() => undefined);
    }
  }

  /** No slot works any more, and what they did is written down, or cannot be. */
  async #over(): Promise<void> {
    await this.#lastSlot.promise;
    const written = this.#runner?.promise.catch(() => undefined);
    await Promise.race([written, wait(WRITTEN_WITHIN_MS, undefined, { ref: false })]);
    this.#end();
    this.#runner = undefined;
  }

  /** A runner that is over already says so by a rejection. */
  #end(): void {
    this.#runner?.stop().catch(() => undefined);
  }

  async #follow(): Promise<void> {
    this.#forget();
    const former = [...this.#poolIds];
    await this.options.pgPool.query('select graphile_worker.force_unlock_workers($1)', [former]);
    await this.#begin();
    this.#poolIds.splice(0, former.length);
  }

  /** The library keeps the context of each runner for ever, and with it what it can reach. */
  #forget(): void {
    for (const context of this.#contexts) {
      for (const name of Object.keys(context)) Reflect.deleteProperty(context, name);
      this.#contexts.delete(context);
    }
  }
}
