import {
  HttpException,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { catchError, type Observable } from 'rxjs';
import { takeFaultSteps } from '../../database/unit-of-work.js';
import { LedElsewhere, ShownInstead } from '../shown-instead.js';

const SERVER_FAULT = 500;

/** Takes back what a request did in advance, such as counting a mail, when a fault ends it. */
@Injectable()
export class FaultStepsInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        if (isFault(error)) await takeFaultSteps();
        throw error;
      }),
    );
  }
}

function isFault(error: unknown): boolean {
  if (error instanceof HttpException) return error.getStatus() >= SERVER_FAULT;
  return !(error instanceof ShownInstead || error instanceof LedElsewhere);
}
