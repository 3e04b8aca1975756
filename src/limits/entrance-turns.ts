import { Injectable } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { Config } from '../config.js';
import type { VisitedRequest } from '../web/visit.js';
import { turnsOfConnections } from './request-turns.js';
import { sourceOfCookies } from './source.js';
import type { Turns } from './turns.js';

/**
 * A fifth of the connections work for requests on their way to a handler: guards find out who somebody
 * is, so they take turns between networks, and with companies whose cookies were found good lately. At the
 * handler `RequestTurns` takes over; a request that never gets there ends its turn with its answer.
 * Whoever hangs up leaves the queue, with a post too: nothing of it has been done yet.
 */
@Injectable()
export class EntranceTurns {
  readonly #turns: Turns;

  constructor({ databasePool }: Config) {
    this.#turns = turnsOfConnections(Math.floor(databasePool / 5));
  }

  readonly handler: RequestHandler = async (request, _response, next) => {
    const { visit } = request as VisitedRequest;
    const entered = new Promise<void>((resolve) => {
      visit.enters = resolve;
      visit.onceGone(resolve);
    });
    const work = (): Promise<void> => {
      next();
      return entered;
    };
    try {
      await this.#turns.takeResting(sourceOfCookies(visit), work, visit.onceGone);
    } catch (refused) {
      if (!visit.isGone()) next(refused);
    }
  };

  /** Finds out who somebody is before the body is read. */
  lookUp<T>(request: Request & VisitedRequest, work: () => Promise<T>): Promise<T> {
    return this.#turns.take(sourceOfCookies(request.visit), work, request.visit.onceGone);
  }
}
