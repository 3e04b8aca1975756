import { MethodNotAllowedException, NotFoundException } from '@nestjs/common';
import type { VisitedRequest } from '../visit.js';

/** A path that no route takes, or none with this method. */
export function refuseUnknown({ hasOtherMethod }: VisitedRequest): never {
  throw hasOtherMethod ? new MethodNotAllowedException() : new NotFoundException();
}
