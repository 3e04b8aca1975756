import { Injectable, type ExecutionContext } from '@nestjs/common';
import type { AroundHandler } from '../web/around-handlers.js';
import type { PersonInSession, VisitedRequest } from '../web/visit.js';
import type { Room } from './fair-admission.js';
import { Turns } from './turns.js';

/** Two, so that somebody's long run does not keep a colleague's own data waiting. */
const ROOM: Room = { atOnce: 2, room: 60, ofNetwork: 30, ofClient: 30, ofActor: 30 };
const LONGEST_WAIT_MS = 15_000;

/**
 * What people of one company change goes on two at a time in this process, in turns between them.
 * Such acts wait for each other on the company's row, and each that waits there holds a connection,
 * of which a single company could take all.
 */
@Injectable()
export class CompanyTurns implements AroundHandler {
  readonly #companies = new Map<string, Turns>();

  around(context: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const { method, visit } = context.switchToHttp().getRequest<VisitedRequest>();
    if (method !== 'POST' || !visit.person) return handle();
    return this.#inTurn(visit.person, handle);
  }

  async #inTurn<T>({ corporationId, accountId }: PersonInSession, work: () => Promise<T>) {
    const turns = this.#companies.get(corporationId) ?? new Turns(ROOM, LONGEST_WAIT_MS);
    this.#companies.set(corporationId, turns);
    const source = { isKnown: true, network: accountId, client: '', actor: '' };
    try {
      return await turns.take(source, work);
    } finally {
      if (turns.isEmpty) this.#companies.delete(corporationId);
    }
  }
}
