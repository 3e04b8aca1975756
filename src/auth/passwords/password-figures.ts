import { Counter, Gauge, Histogram } from 'prom-client';

const labelNames = ['queue', 'lane'] as const;
const LANES = { known: true, strangers: false };

const waitingIn: Record<string, (isKnown: boolean) => number> = {};

export const waitingPasswords = new Gauge({
  name: 'genkan_password_queue_waiting',
  help: 'Passwords that wait for a turn: hash compares them, judge rates new ones',
  labelNames,
  collect() {
    for (const [queue, waiting] of Object.entries(waitingIn))
      for (const [lane, isKnown] of Object.entries(LANES))
        this.set({ queue, lane }, waiting(isKnown));
  },
});

const refused = new Counter({
  name: 'genkan_password_queue_refused_total',
  help: 'Passwords that found no room or waited too long, and were answered with 503',
  labelNames,
});

const waited = new Histogram({
  name: 'genkan_password_queue_wait_seconds',
  help: 'How long passwords waited for their turn',
  labelNames,
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16],
});

/** @param waiting counts known sources, or strangers */
export function watchQueue(queue: string, waiting: (isKnown: boolean) => number): void {
  waitingIn[queue] = waiting;
}

export function countRefusal(queue: string, isKnown: boolean): void {
  refused.inc({ queue, lane: laneOf(isKnown) });
}

/** @param since by the clock of `performance` */
export function countTurn(queue: string, isKnown: boolean, since: number): void {
  waited.observe({ queue, lane: laneOf(isKnown) }, (performance.now() - since) / 1000);
}

function laneOf(isKnown: boolean): string {
  return isKnown ? 'known' : 'strangers';
}
