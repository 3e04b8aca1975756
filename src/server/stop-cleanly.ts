import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config.js';
import type { Drain } from '../health/drain.js';

const STOP_WITHIN = 10_000;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

interface Steps {
  /** At once, before balancers had time to notice; again at a signal of the other kind. */
  begin?: (signal: NodeJS.Signals) => void;
  /** Ends what runs, and the port. */
  stop: () => Promise<void>;
}

// As the end of a clean stop: a service manager takes anything else of a stop for a failure.
const stopAtOnce = () => process.exit(0);

/** While it starts. A container's first process is not ended by signals that it does not listen for. */
export function stopWhileStarting(): void {
  for (const signal of SIGNALS) process.on(signal, stopAtOnce);
}

/**
 * SIGTERM: balancers are told to go elsewhere while the port is still open; then running requests
 * end, and are cut off after ten seconds. SIGINT comes from a terminal, where no balancer waits: it
 * ends the drain. Repeated signals change nothing, because one stop may be told twice: by a
 * launcher or the first process, and by whatever signals the whole group.
 */
export function stopCleanly({ drain: drainMs }: Config, drain: Drain, steps: Steps): void {
  const heard = new Set<NodeJS.Signals>();
  const drained = new AbortController();
  const stop = async () => {
    setTimeout(() => process.exit(1), drainMs + STOP_WITHIN).unref();
    drain.begin();
    await wait(drainMs, undefined, { signal: drained.signal }).catch(() => undefined);
    await steps.stop();
    process.exit(0);
  };
  for (const signal of SIGNALS) {
    process.off(signal, stopAtOnce);
    process.on(signal, () => {
      if (heard.has(signal)) return;
      if (signal === 'SIGINT') drained.abort();
      steps.begin?.(signal);
      if (heard.size === 0) void stop();
      heard.add(signal);
    });
  }
}
