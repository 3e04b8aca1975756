/** SQLSTATE: a wrong value, which the server's sentence quotes. */
const WRONG_VALUE = /^22[\dA-Z]{3}$/;
const FRAME = /^\s+at /;

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
  const { message, stack = '', code, constraint, cause } = error;
  return {
    type: error.constructor.name,
    message: code === undefined ? message : withoutValues(message, String(code)),
    stack: stack
      .split('\n')
      .filter((line) => FRAME.test(line))
      .join('\n'),
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    ...(cause instanceof Error && { cause: loggedFault(cause) }),
  };
}

/** The mapper writes the details, which are whole rows, below the driver's sentence. */
function withoutValues(message: string, code: string): string {
  const sentence = message.split('\n', 1)[0]!;
  return WRONG_VALUE.test(code) ? sentence.replace(/".*"/, '"…"') : sentence;
}
