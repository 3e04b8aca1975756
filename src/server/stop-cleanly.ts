import cluster from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config.js';
import type { Drain } from '../health/drain.js';

const STOP_WITHIN = 10_000;

interface Steps {
  /** At once, before balancers had time to notice. */
  begin?: (signal: NodeJS.Signals) => void;
  /** Ends what runs, and the port. */
  stop: () => Promise<void>;
}

/**
 * SIGTERM: balancers are told to go elsewhere while the port is still open; then running requests
 * end, and are cut off after ten seconds. A second SIGTERM ends at once. SIGINT comes from a
 * terminal, where no balancer waits.
 */
export function stopCleanly({ drain: drainMs }: Config, drain: Drain, steps: Steps): void {
  let stoppedBy: NodeJS.Signals | undefined;
  const stop = async (signal: NodeJS.Signals) => {
    const waiting = signal === 'SIGTERM' ? drainMs : 0;
    setTimeout(() => process.exit(1), waiting + STOP_WITHIN).unref();
    drain.begin();
    steps.begin?.(signal);
    await wait(waiting);
    await steps.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stoppedBy === undefined) void stop((stoppedBy = signal));
      // Workers may hear it twice: from the service manager and from the first process.
      else if (stoppedBy === signal && signal === 'SIGTERM' && !cluster.isWorker) process.exit(1);
    });
}
