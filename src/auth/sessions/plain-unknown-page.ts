import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { RequestHandler } from 'express';
import Handlebars from 'handlebars';
import { ownPath } from '../../web/own-path.js';
import { placeOf } from '../../web/pages/chapters.js';
import { unknownPage } from '../../web/pages/errors.filter.js';
import { Pages } from '../../web/pages/pages.js';
import { ShownMoment } from '../../web/pages/shown-moment.js';
import { RESUMED } from '../../web/requests/kept-forms.js';
import type { VisitedRequest } from '../../web/visit.js';
import { Sessions } from './sessions.js';

/** What stands for a visit's own texts. */
const OWN = { requestId: 'gk-blank-number', time: 'gk-blank-time', path: 'gk-blank-path' };
const AT_DESK = /^\/desk(?:\/|$)/i;
const URL_BLANK = 'gk-blank-url';
const UNKNOWN = unknownPage(OWN);

/** What the application's adapter of HTTP knows of its routes. */
export interface KnowsPaths {
  takes(path: string): boolean;
}

/**
 * The page of everybody without a session for a path that no route takes: drawn once for each
 * language and answered before routes and guards, because scanners ask for thousands of them.
 */
@Injectable()
export class PlainUnknownPage {
  constructor(
    private readonly pages: Pages,
    private readonly host: HttpAdapterHost,
    private readonly sessions: Sessions,
  ) {}

  get handler(): RequestHandler {
    return (request, response, next) => {
      const visited = request as VisitedRequest;
      if (!this.#isPlain(visited)) return next();
      const { visit, originalUrl } = visited;
      const { language, requestId } = visit;
      // The page shows where it stands, which its path tells.
      const root = placeOf(originalUrl, visit).above.at(-1)?.path ?? '';
      const path = `${root}/${URL_BLANK}`;
      const texts = new Map([
        [OWN.requestId, requestId],
        [OWN.time, new ShownMoment(new Date(), language).toHTML()],
        [OWN.path, Handlebars.escapeExpression(ownPath(originalUrl))],
        [encodeURIComponent(path), encodeURIComponent(originalUrl)],
      ]);
      response.end(this.pages.showFilled(UNKNOWN, path, texts, visit, response));
    };
  }

  #isPlain({ method, path, query, visit }: VisitedRequest): boolean {
    return (
      (method === 'GET' || method === 'HEAD') &&
      isReadable(path) &&
      !AT_DESK.test(path) &&
      !(this.host.httpAdapter as unknown as KnowsPaths).takes(path) &&
      query[RESUMED] === undefined &&
      this.sessions.cookie.read(visit) === undefined &&
      !this.pages.isNoticeWaiting(visit)
    );
  }
}

/** Others are no paths at all, and answered so. The demo's pages have styles of their own. */
function isReadable(path: string): boolean {
  if (/^\/dev\b/.test(path)) return false;
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}
