import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '../../durations.js';
import { keepLatest } from '../../web/keep-latest.js';
import type { Source } from '../../limits/source.js';

const FREE_FAILURES = 10;
const MOST_NETWORKS = 10_000;

interface Failures {
  count: number;
  since: number;
}

/** The failures of strangers by network, a /24 or /48, within a minute; in the memory of this process. */
@Injectable()
export class FailingNetworks {
  readonly #failures = new Map<string, Failures>();

  /** Counts a failure. @returns true when so many came that the network is answered late */
  note({ network }: Source, now = performance.now()): boolean {
    const before = this.#failures.get(network);
    const goesOn = before && now - before.since < MINUTE_MS;
    const failures = goesOn ? { ...before, count: before.count + 1 } : { count: 1, since: now };
    keepLatest(this.#failures, network, failures, MOST_NETWORKS);
    return failures.count > FREE_FAILURES;
  }
}
