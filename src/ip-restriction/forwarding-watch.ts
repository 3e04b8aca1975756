import type { IncomingHttpHeaders } from 'node:http';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import type { RequestHandler } from 'express';
import { Config } from '../config.js';
import { Corporation } from '../corporations/corporation.entity.js';
import { inUnitOfWork } from '../database/unit-of-work.js';
import { MINUTE_MS } from '../durations.js';

const FORWARDING = ['x-forwarded-for', 'x-real-ip', 'forwarded'];

/**
 * Warns once when requests seem to pass a proxy that TRUST_PROXY does not name, and companies
 * restrict their addresses: then all clients seem to come from the proxy.
 */
@Injectable()
export class ForwardingWatch {
  readonly #log = new Logger('IpRestriction');
  #next = 0;

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
  ) {}

  get handler(): RequestHandler {
    return (request, _response, next) => {
      this.#look(request.headers);
      next();
    };
  }

  /** Costs nothing where TRUST_PROXY is given or nothing is forwarded. */
  #look(headers: IncomingHttpHeaders): void {
    if (this.config.trustProxy.length > 0 || performance.now() < this.#next) return;
    if (FORWARDING.every((name) => headers[name] === undefined)) return;
    this.#next = performance.now() + MINUTE_MS;
    // A failed look-up is repeated a minute later.
    void inUnitOfWork(() => this.#warn()).catch(() => undefined);
  }

  async #warn(): Promise<void> {
    const restricted = { hasIpVersions: true };
    if (!(await this.em.findOne(Corporation, restricted, { fields: ['id'] }))) return;
    this.#next = Infinity;
    this.#log.warn(
      'Requests carry forwarding headers, companies restrict their addresses, and TRUST_PROXY is not given: ' +
        "every client seems to come from the proxy. Set TRUST_PROXY to the proxy's network.",
    );
  }
}
