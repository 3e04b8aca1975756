import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RequestHandler } from 'express';
import { Pages } from '../../web/pages/pages.js';
import type { VisitedRequest } from '../../web/visit.js';
import { Sessions } from '../sessions/sessions.js';
import { loginPage } from './login-page.js';

const PATH = '/login';
const BLANK = 'gk-blank-attempt';
const PLAIN = loginPage(undefined, { attempt: BLANK });

/**
 * The login page of everybody who brings neither a session, nor a notice, nor a page to go to:
 * drawn once for each language and answered before routes and guards, because in the morning all
 * ask for it at once.
 */
@Injectable()
export class PlainLoginPage {
  constructor(
    private readonly pages: Pages,
    private readonly sessions: Sessions,
  ) {}

  get handler(): RequestHandler {
    return (request, response, next) => {
      const { method, url, visit } = request as VisitedRequest;
      const isPlain = method === 'GET' && url === PATH && !this.pages.isNoticeWaiting(visit);
      if (!isPlain || this.sessions.cookie.read(visit) !== undefined) return next();
      request.route = { path: PATH };
      const texts = new Map([[BLANK, randomUUID()]]);
      response.end(this.pages.showFilled(PLAIN, PATH, texts, visit, response));
    };
  }
}
