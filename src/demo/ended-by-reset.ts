import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import { splitCookie } from '../auth/secrets.js';
import { Sessions } from '../auth/sessions/sessions.js';
import { Pages } from '../web/pages/pages.js';
import { LedElsewhere } from '../web/shown-instead.js';
import type { VisitedRequest } from '../web/visit.js';
import { DemoData } from './demo-data.js';

export const RESET_COMPLETED = '/dev/reset/completed';

/** Leads browsers whose session a reset ended to the page that says so. */
@Injectable()
export class EndedByReset implements NestMiddleware {
  constructor(
    private readonly data: DemoData,
    private readonly sessions: Sessions,
    private readonly pages: Pages,
  ) {}

  async use(request: VisitedRequest, response: Response, next: NextFunction): Promise<void> {
    const { visit } = request;
    const session = splitCookie(this.sessions.cookie.read(visit));
    if (!session || !(await this.data.hasEnded(session.id))) return next();
    this.sessions.cookie.clear(visit);
    response.end(this.pages.leave(new LedElsewhere(RESET_COMPLETED), request, response));
  }
}
