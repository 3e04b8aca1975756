import { HttpException, Injectable, type ExecutionContext } from '@nestjs/common';
import { takeFaultSteps } from '../../database/unit-of-work.js';
import { LedElsewhere, ShownInstead } from '../shown-instead.js';
import type { AroundHandler } from '../around-handlers.js';

const SERVER_FAULT = 500;

/** Takes back what a request did in advance, such as counting a mail, when a fault ends it. */
@Injectable()
export class FaultSteps implements AroundHandler {
  async around(_: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    try {
      return await handle();
    } catch (error) {
      if (isFault(error)) await takeFaultSteps();
      throw error;
    }
  }
}

function isFault(error: unknown): boolean {
  if (error instanceof HttpException) return error.getStatus() >= SERVER_FAULT;
  return !(error instanceof ShownInstead || error instanceof LedElsewhere);
}
