import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { PUBLIC } from '../web/access.js';
import { SignInRequired } from '../web/sign-in-required.js';
import type { VisitedRequest } from '../web/visit.js';
import { Sessions } from './sessions.js';

/** Every page asks for a session, but for those that say they are public; rights are read each time. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<VisitedRequest>();
    const targets = [context.getHandler(), context.getClass()];
    const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, targets) ?? false;
    const person = await this.sessions.find(request.visit);
    if (person) request.visit.person = person;
    if (isPublic) return true;
    if (!person) throw new SignInRequired(request.method === 'GET' ? request.originalUrl : '/');
    context.switchToHttp().getResponse<Response>().setHeader('Cache-Control', 'no-store');
    return true;
  }
}
