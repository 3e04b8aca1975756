import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Room } from '../../limits/fair-admission.js';
import { takesTurns } from '../../limits/strangers-turns.js';
import { Turns } from '../../limits/turns.js';
import type { AroundHandler } from '../../web/around-handlers.js';
import type { PersonInSession, VisitedRequest } from '../../web/visit.js';
import { SessionGuard } from './session.guard.js';
import { Session } from './session.entity.js';

/** Two, so that somebody's long run does not keep a colleague's own data waiting. */
const ROOM: Room = { atOnce: 2, room: 60, ofNetwork: 30, ofClient: 10, ofActor: 10 };
const LONGEST_WAIT_MS = 15_000;

/**
 * What people of one company change goes on two at a time in this process, in turns between them
 * and between their sessions. Such acts wait for each other on the company's row, and each that
 * waits there holds a connection, of which a single company could take all. What strangers may do
 * too takes their turns instead: who waits in two queues holds up one of them.
 */
@Injectable()
export class CompanyTurns implements AroundHandler {
  readonly #companies = new Map<string, Turns>();

  constructor(
    private readonly reflector: Reflector,
    private readonly em: EntityManager,
    private readonly guard: SessionGuard,
  ) {}

  around(context: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const { method, visit } = context.switchToHttp().getRequest<VisitedRequest>();
    const { person } = visit;
    if (method !== 'POST' || !person || takesTurns(this.reflector, context)) return handle();
    return this.#inTurn(person, async () => {
      // Who waited in a session that somebody ended is told as if the post came now.
      const isThere = await this.em.count(Session, { id: person.sessionId });
      if (!isThere) await this.guard.canActivate(context);
      return handle();
    });
  }

  async #inTurn<T>(person: PersonInSession, work: () => Promise<T>): Promise<T> {
    const { corporationId, accountId, sessionId } = person;
    const turns = this.#companies.get(corporationId) ?? new Turns(ROOM, LONGEST_WAIT_MS);
    this.#companies.set(corporationId, turns);
    const source = { isKnown: true, network: accountId, client: sessionId, actor: '' };
    try {
      return await turns.take(source, work);
    } finally {
      if (turns.isEmpty) this.#companies.delete(corporationId);
    }
  }
}
