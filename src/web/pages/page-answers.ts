import { Injectable, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { Page, Redirect } from '../answers.js';
import type { AroundHandler } from '../around-handlers.js';
import type { VisitedRequest } from '../visit.js';
import { Pages } from './pages.js';

/** Turns a handler's answer into HTTP. Values of other types pass unchanged. */
@Injectable()
export class PageAnswers implements AroundHandler {
  constructor(private readonly pages: Pages) {}

  async around(context: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<VisitedRequest>();
    const response = http.getResponse<Response>();
    const answer = await handle();
    if (answer instanceof Page) return this.pages.show(answer, request, response);
    if (answer instanceof Redirect) return this.pages.redirect(answer, request, response);
    return answer;
  }
}
