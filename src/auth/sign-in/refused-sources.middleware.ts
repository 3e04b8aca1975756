import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import { loginIdKey } from '../../identity/login-id.js';
import type { FormBody } from '../../web/forms/forms.js';
import { Pages } from '../../web/pages/pages.js';
import type { VisitedRequest } from '../../web/visit.js';
import { RefusedSources } from '../passwords/refused-sources.js';
import { strangeSource, type Source } from '../passwords/source.js';
import { Candidates } from './candidates.js';
import { Devices } from './devices.js';
import { tooManyFailures } from './refused-sign-ins.js';

const LONGEST_LOGIN_ID = 128;

type LoginRequest = VisitedRequest & { body: FormBody };

/**
 * Refuses sources that were refused again and again: before routes, guards and templates, because a
 * refusal must cost next to nothing.
 */
@Injectable()
export class RefusedSourcesMiddleware implements NestMiddleware {
  constructor(
    private readonly devices: Devices,
    private readonly candidates: Candidates,
    private readonly refused: RefusedSources,
    private readonly pages: Pages,
  ) {}

  use(request: LoginRequest, response: Response, next: NextFunction): void {
    if (request.method !== 'POST') return next();
    const retryAfter = this.refused.retryAfter('hash', this.#sourceOf(request));
    if (retryAfter === 0) next();
    else void this.#refuse(retryAfter, request, response);
  }

  /** Only a browser that says that it is known has the login ID folded. */
  #sourceOf({ visit, body }: LoginRequest): Source {
    const { loginId = '' } = body;
    if (loginId.length > LONGEST_LOGIN_ID || !this.devices.read(visit))
      return strangeSource('', visit);
    return this.candidates.sourceOf(loginIdKey(loginId), visit);
  }

  async #refuse(retryAfter: number, request: LoginRequest, response: Response): Promise<void> {
    await this.refused.hold();
    response.end(
      this.pages.showPrepared(tooManyFailures(retryAfter), '/login', request.visit, response),
    );
  }
}
