import type { IncomingHttpHeaders } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { Pool } from 'pg';
import { Config } from '../config.js';
import { MINUTE_MS } from '../durations.js';

const FORWARDING = ['x-forwarded-for', 'x-real-ip', 'forwarded'];

/**
 * Warns once when a proxy seems to stand in front, nobody said which, and companies restrict their
 * addresses: then everybody seems to come from the proxy.
 */
@Injectable()
export class ForwardingWatch {
  readonly #log = new Logger('IpRestriction');
  #next = 0;

  constructor(
    private readonly config: Config,
    private readonly pool: Pool,
  ) {}

  /** Costs nothing where a policy is given or nothing is forwarded. */
  look(headers: IncomingHttpHeaders): void {
    if (this.config.trustProxy.length > 0 || performance.now() < this.#next) return;
    if (FORWARDING.every((name) => headers[name] === undefined)) return;
    this.#next = performance.now() + MINUTE_MS;
    // What the database cannot say now it says a minute later.
    void this.#warn().catch(() => undefined);
  }

  async #warn(): Promise<void> {
    const found = await this.pool.query('select from corporations where has_ip_versions limit 1');
    if (found.rowCount === 0) return;
    this.#next = Infinity;
    this.#log.warn(
      'Requests carry forwarding headers, companies restrict their addresses, and TRUST_PROXY is not given: ' +
        "every client seems to come from the proxy. Set TRUST_PROXY to the proxy's network.",
    );
  }
}
