import cluster, { type Worker } from 'node:cluster';
import { on } from 'node:events';
import {
  AggregatorRegistry,
  register,
  type MetricObjectWithValues,
  type MetricValue,
} from 'prom-client';
import { SECOND_MS } from '../durations.js';

type Figures = MetricObjectWithValues<MetricValue<string>>[];

const ASK = 'figures';
const ANSWER_WITHIN = SECOND_MS;

/** In a web process of several: tells its figures to the first one, which the monitors ask. */
export function tellFigures(): void {
  process.on('message', (message) => {
    if (message === ASK)
      void register.getMetricsAsJSON().then((figures) => process.send?.({ figures }));
  });
}

/**
 * The sums over all web processes and this one. What an ended process counted stays in them, because
 * a sum that falls looks as if everything had been counted anew. What it counted since the last
 * question is lost.
 */
export class WorkerFigures {
  readonly #latest = new Map<number, Figures>();
  #ended: Figures[] = [];

  constructor() {
    cluster.on('exit', ({ id }) => {
      this.#ended.push((this.#latest.get(id) ?? []).filter(isCounted));
      this.#latest.delete(id);
    });
  }

  async read(): Promise<string> {
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(workers.map((worker) => this.#ask(worker)));
    this.#ended = [await AggregatorRegistry.aggregate(this.#ended).getMetricsAsJSON()];
    const own = await register.getMetricsAsJSON();
    return AggregatorRegistry.aggregate([...this.#ended, ...this.#latest.values(), own]).metrics();
  }

  /** One that does not answer in time keeps the figures that it told last. */
  async #ask(worker: Worker): Promise<void> {
    if (!worker.isConnected()) return;
    try {
      const messages = on(worker, 'message', { signal: AbortSignal.timeout(ANSWER_WITHIN) });
      worker.send(ASK);
      for await (const [message] of messages) {
        if (!isAnswer(message)) continue;
        this.#latest.set(worker.id, message.figures);
        return;
      }
    } catch {
      return;
    }
  }
}

function isAnswer(message: unknown): message is { figures: Figures } {
  return typeof message === 'object' && message !== null && 'figures' in message;
}

function isCounted({ type }: Figures[number]): boolean {
  return String(type) !== 'gauge';
}
