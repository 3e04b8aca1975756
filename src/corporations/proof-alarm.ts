import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { DAY_SECONDS, HOUR_SECONDS } from '../durations.js';
import { Limits, type Limit } from '../limits/limits.js';

/** So many failures in an hour, and such a share of them, mean that somebody is guessing. */
const FAILURES_THAT_ALARM = 100;
const RATIO_THAT_ALARMS = 0.8;

/** Counted for the ratio that alarms; the maximum is never reached. */
const FAILURES: Limit = { key: 'proof:failures', maximum: 1_000_000, seconds: HOUR_SECONDS };
const SUCCESSES: Limit = { ...FAILURES, key: 'proof:successes' };
const ALARM: Limit = { key: 'proof:alarm', maximum: 1, seconds: HOUR_SECONDS };

/** Watches how many proofs of the whole service fail. It refuses nobody. */
@Injectable()
export class ProofAlarm {
  readonly #logger = new Logger(ProofAlarm.name);

  constructor(
    private readonly limits: Limits,
    private readonly audit: Audit,
  ) {}

  /** Warns once an hour while it is. */
  async isOn(): Promise<boolean> {
    const [failures, successes] = await Promise.all([
      this.limits.used(FAILURES.key),
      this.limits.used(SUCCESSES.key),
    ]);
    const isAlarmed =
      failures >= FAILURES_THAT_ALARM && failures / (failures + successes) >= RATIO_THAT_ALARMS;
    if (isAlarmed) await this.#warn({ failures, successes });
    return isAlarmed;
  }

  async countFailure(): Promise<void> {
    await this.limits.take(FAILURES);
  }

  /** Counted once a day for a company, so that one right pair cannot hide many wrong ones. */
  async countSuccess(corporationId: string): Promise<void> {
    const key = `proof:success:${corporationId}`;
    await this.limits.take({ key, maximum: 1, seconds: DAY_SECONDS }, SUCCESSES);
  }

  async #warn(facts: { failures: number; successes: number }): Promise<void> {
    if (!(await this.limits.take(ALARM)).ok) return;
    this.#logger.warn(`${facts.failures} wrong pairs of numbers within an hour: proofs go by mail`);
    await this.audit.record('proof-alarm', 'all-failures', {}, facts);
  }
}
