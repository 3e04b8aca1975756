import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { FRESH_PASSWORD, IGNORES_SESSION, PUBLIC } from '../../web/access.js';
import type { FormBody } from '../../web/forms/forms.js';
import { SignInRequired } from '../../web/shown-instead.js';
import type { VisitedRequest } from '../../web/visit.js';
import { Sessions, type SignedIn } from './sessions.js';

/** Every page needs a session unless it is declared public; rights are read for each request. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<VisitedRequest>();
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.get<boolean>(IGNORES_SESSION, context.getHandler())) return true;
    const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, targets) ?? false;
    const isRepeatable = this.reflector.getAllAndOverride(FRESH_PASSWORD, targets) !== undefined;
    const person =
      (await this.sessions.find(request.visit)) ??
      (isRepeatable && (await this.#repeating(request)));
    if (person) request.visit.person = person;
    if (isPublic) return true;
    if (!person) throw new SignInRequired(request.method === 'GET' ? request.originalUrl : '/');
    context.switchToHttp().getResponse<Response>().setHeader('Cache-Control', 'no-store');
    return true;
  }

  /** The password is in the form, so the session's former cookie is enough to check it. */
  async #repeating({ method, body, visit }: VisitedRequest): Promise<SignedIn | undefined> {
    const { currentPassword } = (body ?? {}) as FormBody;
    if (method !== 'POST' || currentPassword === undefined) return undefined;
    return this.sessions.findFormer(visit);
  }
}
