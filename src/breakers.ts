import { Gauge } from 'prom-client';

const watched: Record<string, () => boolean> = {};

export const breakers = new Gauge({
  name: 'genkan_breaker_open',
  help: '1: what is behind it failed, so nobody is sent there for the moment',
  labelNames: ['breaker'],
  aggregator: 'max',
  collect() {
    for (const [breaker, isOpen] of Object.entries(watched))
      this.set({ breaker }, isOpen() ? 1 : 0);
  },
});

/** Shows it in the metrics; of several with one name, the one that came last. */
export function watchBreaker(breaker: string, isOpen: () => boolean): void {
  watched[breaker] = isOpen;
}
