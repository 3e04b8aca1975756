import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { CompanyTurns } from '../../limits/company-turns.js';
import { takesTurns } from '../../limits/strangers-turns.js';
import type { AroundHandler } from '../../web/around-handlers.js';
import { fromSource, strangeSource, type Source } from '../../limits/source.js';
import type { PersonInSession, Visit, VisitedRequest } from '../../web/visit.js';

/**
 * Each post of a signed-in person takes its company's turn, or the person's own, unless its handler
 * takes another one: a post that waits in two queues holds up one of them.
 */
export class PostsInTurn implements AroundHandler {
  /** @param judges the guards that read or judge the session, in their order */
  constructor(
    private readonly reflector: Reflector,
    private readonly turns: CompanyTurns,
    private readonly judges: CanActivate[],
  ) {}

  around(context: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const { method, visit } = context.switchToHttp().getRequest<VisitedRequest>();
    if (method !== 'POST') return handle();
    return fromSource(sourceOf(visit), () => this.#inTurn(context, visit, handle));
  }

  async #inTurn(
    context: ExecutionContext,
    visit: Visit,
    handle: () => Promise<unknown>,
  ): Promise<unknown> {
    const { person } = visit;
    const turnsOf = takesTurns(this.reflector, context) ?? 'company';
    const isTaken = turnsOf === 'company' || turnsOf === 'person';
    if (!person || !isTaken) return handle();
    const { corporationId } = person;
    const lane = laneOf(person, visit.client);
    const work = async (hasWaited: boolean) => {
      // Rights and session may have ended meanwhile: it is judged as if it came now.
      if (hasWaited) for (const judge of this.judges) await judge.canActivate(context);
      return handle();
    };
    return turnsOf === 'person'
      ? this.turns.takeOwn(lane, work)
      : this.turns.take(corporationId, lane, work);
  }
}

/** Copies of the cookie share one part of the session's places, from however many addresses they come. */
function laneOf({ accountId, sessionId, isWhereItBegan }: PersonInSession, address: string) {
  const session = isWhereItBegan ? sessionId : `${sessionId} elsewhere`;
  return { person: accountId, session, address };
}

function sourceOf({ person, ...place }: Visit): Source {
  if (!person) return strangeSource('', place);
  const { person: network, session: client, address } = laneOf(person, place.client);
  return { isKnown: true, network, client, actor: address };
}
