import { Injectable } from '@nestjs/common';
import type { RequestHandler, Response } from 'express';
import { loginIdKey } from '../../identity/login-id.js';
import { strangeSource, type Source } from '../../limits/source.js';
import type { FormBody } from '../../web/forms/forms.js';
import { Pages } from '../../web/pages/pages.js';
import type { Visit, VisitedRequest } from '../../web/visit.js';
import { RefusedSources } from '../passwords/refused-sources.js';
import { Candidates } from './candidates.js';
import { Devices } from './devices.js';
import { tooManyFailures } from './refused-sign-ins.js';

const LONGEST_LOGIN_ID = 128;
/** As the router reads paths. */
const SIGN_IN = /^\/login\/?$/i;

/**
 * Refuses sign-ins of sources that were refused again and again: before routes, guards and
 * templates, because a refusal must cost next to nothing.
 */
@Injectable()
export class Refusals {
  constructor(
    private readonly devices: Devices,
    private readonly candidates: Candidates,
    private readonly refused: RefusedSources,
    private readonly pages: Pages,
  ) {}

  /** Before the form is read. */
  get ofStrangers(): RequestHandler {
    return this.#refusing((visit) =>
      this.devices.read(visit) ? undefined : strangeSource('', visit),
    );
  }

  /** Of browsers that say that they are known at the login ID in the form. */
  get ofKnownBrowsers(): RequestHandler {
    return this.#refusing((visit, { loginId = '' }) => {
      if (!this.devices.read(visit)) return undefined;
      const isFoldable = loginId.length <= LONGEST_LOGIN_ID;
      return this.candidates.sourceOf(isFoldable ? loginIdKey(loginId) : '', visit);
    });
  }

  #refusing(sourceOf: (visit: Visit, form: FormBody) => Source | undefined): RequestHandler {
    return (request, response, next) => {
      const isSignIn = request.method === 'POST' && SIGN_IN.test(request.path);
      const { visit, body } = request as VisitedRequest;
      const source = isSignIn && sourceOf(visit, body as FormBody);
      const retryAfter = source ? this.refused.retryAfter('hash', source) : 0;
      if (retryAfter === 0) next();
      else void this.#refuse(retryAfter, visit, response);
    };
  }

  async #refuse(retryAfter: number, visit: Visit, response: Response): Promise<void> {
    await this.refused.hold();
    response.end(this.pages.showPrepared(tooManyFailures(retryAfter), '/login', visit, response));
  }
}
