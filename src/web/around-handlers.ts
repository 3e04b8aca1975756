import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';

/** A part of the work that a request's handler does not know of. */
export interface AroundHandler {
  /** @param handle does the rest of the work, and resolves to the handler's answer */
  around(context: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown>;
}

/**
 * All that happens around handlers, in one interceptor: for each interceptor Nest makes a chain of
 * observables, and five of them cost as much as drawing a page.
 */
export class AroundHandlers implements NestInterceptor {
  /** @param parts the outermost first */
  constructor(private readonly parts: AroundHandler[]) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handle = () => lastValueFrom<unknown>(next.handle());
    const whole = this.parts.reduceRight(
      (inner, part) => () => part.around(context, inner),
      handle,
    );
    return from(whole());
  }
}
