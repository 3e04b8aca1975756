import type { IncomingHttpHeaders } from 'node:http';
import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import { Page, Redirect, notices, type Notice } from './answers.js';
import { Cookie } from './cookies.js';
import { Config } from '../config.js';
import { Pages } from './pages.js';
import type { VisitedRequest } from './visit.js';

/** A fragment is wanted by HTMX alone, and not when it restores a page that Back led to. */
export function wantsFragment(headers: IncomingHttpHeaders): boolean {
  return (
    headers['hx-request'] === 'true' &&
    headers['hx-request-type'] === 'partial' &&
    headers['hx-history-restore-request'] === undefined
  );
}

/** Turns what a handler answered into HTTP. Answers of another kind pass unchanged. */
@Injectable()
export class PagesInterceptor implements NestInterceptor {
  readonly #notice: Cookie;

  constructor(
    config: Config,
    private readonly pages: Pages,
  ) {
    this.#notice = new Cookie('notice', config);
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const response = http.getResponse<Response>();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (answer instanceof Page) return this.show(answer, http.getRequest(), response);
        if (answer instanceof Redirect) return this.#redirect(answer, response);
        return answer;
      }),
    );
  }

  /** Sends the page with its status; the notice that waited for it is shown and forgotten. */
  show(page: Page, request: VisitedRequest, response: Response): string {
    const waiting = this.#notice.read(request.visit.cookies);
    const notice = waiting !== undefined && waiting in notices ? (waiting as Notice) : undefined;
    if (waiting !== undefined && !page.isAlert) this.#notice.clear(response);
    response.status(page.status);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Vary', 'HX-Request, HX-Request-Type, HX-History-Restore-Request');
    // The address of a form that was refused stays the one that a reload can fetch again.
    if (page.status >= 400 && request.visit.partial) response.setHeader('HX-Push-Url', 'false');
    if (page.retryAfter !== undefined) response.setHeader('Retry-After', page.retryAfter);
    return this.pages.draw(page, request.visit, request.originalUrl, notice);
  }

  #redirect(answer: Redirect, response: Response): string {
    if (answer.notice) this.#notice.set(response, answer.notice, 60_000);
    response.status(303);
    response.setHeader('Location', answer.location);
    response.setHeader('Cache-Control', 'no-store');
    return '';
  }
}
