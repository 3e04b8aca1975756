import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import type { RequestHandler, Response } from 'express';
import { loginIdKey } from '../../identity/login-id.js';
import { strangeSource, type Source } from '../../limits/source.js';
import type { FormBody } from '../../web/forms/forms.js';
import { busyPage } from '../../web/pages/errors.filter.js';
import { Pages } from '../../web/pages/pages.js';
import { ShownMoment } from '../../web/pages/shown-moment.js';
import { countUnavailable } from '../../web/pages/unavailable-count.js';
import type { Visit, VisitedRequest } from '../../web/visit.js';
import { Passwords } from '../passwords/passwords.js';
import { Candidates } from './candidates.js';
import { Devices } from './devices.js';

const LONGEST_LOGIN_ID = 128;
/** As the router reads paths. */
const SIGN_IN = /^\/login\/?$/i;
/** What stands for a visit's own texts. */
const OWN = { requestId: 'gk-blank-number', time: 'gk-blank-time', path: '/login' };
const BUSY = busyPage(OWN);

/**
 * Refuses sign-ins that find no room before the hash: before routes, guards and templates, because a
 * refusal must cost next to nothing.
 */
@Injectable()
export class Refusals {
  constructor(
    private readonly devices: Devices,
    private readonly candidates: Candidates,
    private readonly passwords: Passwords,
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
    return async (request, response, next) => {
      const isSignIn = request.method === 'POST' && SIGN_IN.test(request.path);
      const { visit, body } = request as VisitedRequest;
      const source = isSignIn && sourceOf(visit, body as FormBody);
      if (source && !(await this.passwords.hasRoom(source))) this.#refuse(visit, response);
      else next();
    };
  }

  #refuse(visit: Visit, response: Response): void {
    const full = new ServiceUnavailableException('Too many passwords are being checked');
    countUnavailable(full);
    visit.fault = full.message;
    const texts = new Map([
      [OWN.requestId, visit.requestId],
      [OWN.time, new ShownMoment(new Date(), visit.language).toHTML()],
    ]);
    const shown = visit.partial ? this.pages.aboveForm(BUSY, response) : BUSY;
    response.end(this.pages.showFilled(shown, '/login', texts, visit, response));
  }
}
