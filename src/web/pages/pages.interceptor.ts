import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import { Page, Redirect } from '../answers.js';
import type { VisitedRequest } from '../visit.js';
import { Pages } from './pages.js';

/** Turns a handler's answer into HTTP. Values of other types pass unchanged. */
@Injectable()
export class PagesInterceptor implements NestInterceptor {
  constructor(private readonly pages: Pages) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<VisitedRequest>();
    const response = http.getResponse<Response>();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (answer instanceof Page) return this.pages.show(answer, request, response);
        if (answer instanceof Redirect) return this.pages.redirect(answer, request, response);
        return answer;
      }),
    );
  }
}
