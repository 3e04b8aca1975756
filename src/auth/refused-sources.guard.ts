import {
  HttpException,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { loginIdKey } from '../identity/login-id.js';
import type { FormBody } from '../web/forms.js';
import type { VisitedRequest } from '../web/visit.js';
import { Devices } from './devices.js';
import { RefusedSources } from './refused-sources.js';

const TAKES_PASSWORDS = 'takes-passwords';

/** A handler that strangers may post passwords to. */
export const TakesPasswords = () => SetMetadata(TAKES_PASSWORDS, true);

/** Who was refused again and again is refused here, before anything else is done for the request. */
@Injectable()
export class RefusedSourcesGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly devices: Devices,
    private readonly refused: RefusedSources,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (!this.reflector.get<boolean>(TAKES_PASSWORDS, context.getHandler())) return true;
    const { visit, body } = context
      .switchToHttp()
      .getRequest<VisitedRequest & { body: FormBody }>();
    const retryAfter = this.refused.retryAfter(visit);
    if (retryAfter === 0 || this.devices.claimed(loginIdKey(body.loginId ?? ''), visit))
      return true;
    await this.refused.hold();
    context.switchToHttp().getResponse<Response>().setHeader('Retry-After', retryAfter);
    throw new HttpException('Too many passwords came from there', 429);
  }
}
