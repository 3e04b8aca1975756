import {
  ForbiddenException,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ADMINISTRATORS_ONLY } from '../web/access.js';
import type { VisitedRequest } from '../web/visit.js';

/** Keeps staff out of administrators' pages; the role is read for each request. */
@Injectable()
export class RightsGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    const { person } = context.switchToHttp().getRequest<VisitedRequest>().visit;
    if (this.reflector.getAllAndOverride<boolean>(ADMINISTRATORS_ONLY, targets))
      if (person?.role !== 'administrator')
        throw new ForbiddenException('Only administrators may do this');
    return true;
  }
}
