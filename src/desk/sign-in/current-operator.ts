import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { VisitedRequest } from '../../web/visit.js';
import type { SignedInOperator } from './desk-sessions.js';

/** Injects who is signed in at the desk; the desk's guard ensures that there is somebody. */
export const CurrentOperator = createParamDecorator(
  (_: unknown, context: ExecutionContext): SignedInOperator => {
    const { visit } = context.switchToHttp().getRequest<VisitedRequest>();
    const operator = visit.desk?.operator as SignedInOperator | undefined;
    if (!operator) throw new Error('A page that is open to anybody asks for an operator');
    return operator;
  },
);
