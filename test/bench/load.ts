import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Job, Outcome } from './generator.ts';

export class Load {
  readonly seconds: number;
  readonly times: number[];
  readonly others: Record<number, number>;

  constructor({ seconds, times, others }: Outcome) {
    if (times.length === 0) throw new Error(`No answer was as wanted: ${JSON.stringify(others)}`);
    this.seconds = seconds;
    this.times = times;
    this.others = others;
  }

  get count(): number {
    return this.times.length;
  }

  get rate(): number {
    return this.count / this.seconds;
  }

  /** Milliseconds that this part of the answers was quicker than. */
  percentile(part: number): number {
    return this.times[Math.min(this.count - 1, Math.floor(this.count * part))]!;
  }
}

export type { Job };

/** Has a process of its own send the requests of a job. */
export async function load(job: Job): Promise<Load> {
  return new Load(await flood(job));
}

/** The same where it may be that no answer is as wanted. */
export async function flood(job: Job): Promise<Outcome> {
  const child = fork(new URL('./generator.ts', import.meta.url), { serialization: 'advanced' });
  child.send(job);
  const [outcome] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('The load generator failed'))),
  ])) as [Outcome];
  return outcome;
}
