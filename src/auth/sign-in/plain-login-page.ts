import { Injectable } from '@nestjs/common';
import type { RequestHandler } from 'express';
import { encodingFor, packed, type Encoding } from '../../web/pages/packing.js';
import { Pages } from '../../web/pages/pages.js';
import type { VisitedRequest } from '../../web/visit.js';
import { Sessions } from '../sessions/sessions.js';
import { loginPage } from './login-page.js';

const PATH = '/login';

/**
 * The login page of everybody who brings neither a session, nor a notice, nor a page to go to:
 * drawn once for each language and answered before routes and guards, because in the morning all
 * ask for it at once.
 */
@Injectable()
export class PlainLoginPage {
  /** By the page that is drawn once. */
  readonly #packed = {
    br: new WeakMap<Buffer, Buffer>(),
    gzip: new WeakMap<Buffer, Buffer>(),
  };

  constructor(
    private readonly pages: Pages,
    private readonly sessions: Sessions,
  ) {}

  #inEncoding(encoding: Encoding, drawn: Buffer): Buffer {
    const kept = this.#packed[encoding].get(drawn);
    if (kept) return kept;
    const made = packed(encoding, drawn);
    this.#packed[encoding].set(drawn, made);
    return made;
  }

  get handler(): RequestHandler {
    return (request, response, next) => {
      const { method, url, visit } = request as VisitedRequest;
      const isPlain = method === 'GET' && url === PATH && !this.pages.isNoticeWaiting(visit);
      if (!isPlain || this.sessions.cookie.read(visit) !== undefined) return next();
      request.route = { path: PATH };
      const drawn = this.pages.showPrepared(loginPage(), PATH, visit, response);
      const encoding = encodingFor(request);
      if (!encoding) return void response.end(drawn);
      response.setHeader('Content-Encoding', encoding).vary('Accept-Encoding');
      response.end(this.#inEncoding(encoding, drawn));
    };
  }
}
