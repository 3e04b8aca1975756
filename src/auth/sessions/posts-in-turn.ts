import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { CompanyTurns } from '../../limits/company-turns.js';
import { takesTurns } from '../../limits/strangers-turns.js';
import type { AroundHandler } from '../../web/around-handlers.js';
import type { VisitedRequest } from '../../web/visit.js';

/**
 * Each post of a signed-in person takes its company's turn, unless its handler takes another one: a
 * post that waits in two queues holds up one of them.
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
    const { person } = visit;
    if (method !== 'POST' || !person || takesTurns(this.reflector, context)) return handle();
    const { corporationId, accountId, sessionId } = person;
    const lane = { person: accountId, session: sessionId, address: visit.client };
    return this.turns.take(corporationId, lane, async (hasWaited) => {
      // Rights and session may have ended meanwhile: it is judged as if it came now.
      if (hasWaited) for (const judge of this.judges) await judge.canActivate(context);
      return handle();
    });
  }
}
