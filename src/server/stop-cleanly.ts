const STOP_WITHIN = 10_000;

/** On the first signal to stop, running requests end; after ten seconds they are cut off. */
export function stopCleanly(stop: (signal: NodeJS.Signals) => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      setTimeout(() => process.exit(1), STOP_WITHIN).unref();
      void stop(signal).then(() => process.exit(0));
    });
}
