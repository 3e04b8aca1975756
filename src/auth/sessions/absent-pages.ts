import { Injectable, NotFoundException, type ExecutionContext } from '@nestjs/common';
import { accessOf } from '../../web/access.js';
import type { AroundHandler } from '../../web/around-handlers.js';
import type { VisitedRequest } from '../../web/visit.js';
import { signedInOf } from './me.js';
import { RefusedPages } from './refused-pages.js';

/**
 * Somebody who is signed in asks for what the company does not have: another company's, or nobody's,
 * which is answered alike. The log names the kind of page and not what was asked for; that stands
 * behind the request's number in the operator's log.
 */
@Injectable()
export class AbsentPages implements AroundHandler {
  constructor(private readonly refused: RefusedPages) {}

  async around(context: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    try {
      return await handle();
    } catch (error) {
      if (error instanceof NotFoundException) await this.#log(context);
      throw error;
    }
  }

  async #log(context: ExecutionContext): Promise<void> {
    const { method, route, visit } = context.switchToHttp().getRequest<VisitedRequest>();
    const person = signedInOf(visit);
    if (!person || accessOf(context).isPublic) return;
    const { path } = route as { path: string };
    await this.refused.log('not-of-company', person, { method, path });
  }
}
