import { BadRequestException, Injectable, type ExecutionContext } from '@nestjs/common';
import { Config } from '../config.js';
import { accessOf } from '../web/access.js';
import type { AroundHandler } from '../web/around-handlers.js';
import type { VisitedRequest } from '../web/visit.js';
import { sourceOfCookies, sourceOfPerson } from './source.js';
import { Turns } from './turns.js';

/** Many may wait: whoever is refused comes again at once, and costs more than one who waits. */
const ROOM = { room: 4_000, ofNetwork: 1_000, ofClient: 1_000, ofActor: 1_000 };
const LONGEST_WAIT_MS = 10_000;

/**
 * At most half of the connections work for people at once, and a fifth for everybody else: readers of
 * mailed links, and strangers. Each takes turns, between companies and between networks, so that
 * whoever asks for many pages at once waits for himself. A request that waits for something else in
 * this process gives its turn back meanwhile (`resting`). Sign-ins have the line of their hash.
 */
@Injectable()
export class RequestTurns implements AroundHandler {
  readonly #people: Turns;
  readonly #others: Turns;

  constructor({ databasePool }: Config) {
    this.#people = turnsOfConnections(Math.floor(databasePool / 2));
    this.#others = turnsOfConnections(Math.floor(databasePool / 5));
  }

  around(context: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    if (accessOf(context).ignoresSession) return handle();
    const { method, visit } = context.switchToHttp().getRequest<VisitedRequest>();
    visit.enters();
    const person = sourceOfPerson(visit);
    const work = async (hasWaited: boolean) => {
      // What a post asked for is done all the same.
      if (hasWaited && method !== 'POST' && visit.isGone())
        throw new BadRequestException('The browser has gone');
      return handle();
    };
    return person
      ? this.#people.takeResting(person, work)
      : this.#others.takeResting(sourceOfCookies(visit), work);
  }
}

/** Of so many connections nobody has more than half. */
export function turnsOfConnections(atOnce: number): Turns {
  return new Turns({ atOnce, atOnceOfNetwork: Math.ceil(atOnce / 2), ...ROOM }, LONGEST_WAIT_MS);
}
