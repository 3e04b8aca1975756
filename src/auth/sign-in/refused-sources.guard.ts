import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { loginIdKey } from '../../identity/login-id.js';
import type { FormBody } from '../../web/forms/forms.js';
import { ShownInstead } from '../../web/shown-instead.js';
import type { VisitedRequest } from '../../web/visit.js';
import { RefusedSources } from '../passwords/refused-sources.js';
import { Candidates } from './candidates.js';
import { tooManyFailures } from './refused-sign-ins.js';

const TAKES_PASSWORDS = 'takes-passwords';

/** A handler that strangers may post passwords to. */
export const TakesPasswords = () => SetMetadata(TAKES_PASSWORDS, true);

/** Refuses sources that were refused again and again, before anything else is done for the request. */
@Injectable()
export class RefusedSourcesGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly candidates: Candidates,
    private readonly refused: RefusedSources,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (!this.reflector.get<boolean>(TAKES_PASSWORDS, context.getHandler())) return true;
    const { visit, body } = context
      .switchToHttp()
      .getRequest<VisitedRequest & { body: FormBody }>();
    const source = this.candidates.sourceOf(loginIdKey(body.loginId ?? ''), visit);
    const retryAfter = this.refused.retryAfter('hash', source);
    if (retryAfter === 0) return true;
    await this.refused.hold();
    throw new ShownInstead(tooManyFailures(retryAfter));
  }
}
