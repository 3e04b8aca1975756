import { framesOf, sentenceOf } from '../database/faults.js';

interface LoggedFault {
  type: string;
  message: string;
  stack: string;
  code?: unknown;
  constraint?: unknown;
  cause?: LoggedFault;
}

/** For each log: faults as it tells them. */
export const logOptions = { serializers: { err: loggedFault } };

/**
 * Where a fault came up and why, without the rows and values that the database quotes beside it:
 * people typed them.
 */
function loggedFault(fault: unknown): LoggedFault {
  const error: Error & { code?: unknown; constraint?: unknown } =
    fault instanceof Error ? fault : new Error(String(fault));
  const { code, constraint, cause } = error;
  return {
    type: error.constructor.name,
    message: sentenceOf(error),
    stack: framesOf(error),
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    ...(cause instanceof Error && { cause: loggedFault(cause) }),
  };
}
