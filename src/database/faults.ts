/** The database, or the way to it, is away, full, slow, read-only or changing: it will be back. */
const UNAVAILABLE_CODES = new RegExp(
  [
    // SQLSTATE: connection, resources, operator's intervention, system, transactions that ended.
    '^08|^53|^57P|^57014$|^58|^25006$|^25P0[34]$|^40001$|^40P01$',
    // Node: sockets and names.
    '^ECONN|^ENOTFOUND$|^EAI_AGAIN$|^ETIMEDOUT$|^EPIPE$|^E(?:HOST|NET)(?:UNREACH|DOWN)$',
  ].join('|'),
);

/** What the driver says without any code. */
const UNAVAILABLE_WORDS =
  /timeout exceeded when trying to connect|timeout expired|Connection terminated|is not queryable|after calling end on the pool/;

/** SQLSTATE: a wrong value, which the server's sentence quotes. */
const WRONG_VALUE = /^22[\dA-Z]{3}$/;
const FRAME = /^\s+at /;

interface CodedFault {
  code: string;
  /** Of Node's errors: `connect`. */
  syscall?: string;
}

/** The fault's code: PostgreSQL's SQLSTATE or Node's error code, wherever the driver put it. */
export function codeOf(error: unknown): string | undefined {
  return codedIn(error)?.code;
}

/** Whether the same act may succeed in a moment, without anybody changing the program. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const fault = codedIn(error);
  if (!fault) return UNAVAILABLE_WORDS.test(error.message);
  return UNAVAILABLE_CODES.test(fault.code) || isSocketAway(fault);
}

function codedIn(error: unknown): CodedFault | undefined {
  const { code, syscall, cause } = error as Partial<CodedFault> & { cause?: unknown };
  if (typeof code === 'string') return { code, ...(syscall && { syscall }) };
  return cause instanceof Error ? codedIn(cause) : undefined;
}

/** A server that stops takes its UNIX socket away. */
function isSocketAway({ code, syscall }: CodedFault): boolean {
  return code === 'ENOENT' && syscall === 'connect';
}

/**
 * What the fault says, without the rows and values that the database quotes: people typed them. The
 * mapper writes such details below the driver's sentence.
 */
export function sentenceOf(error: Error & { code?: unknown }): string {
  const { code, message } = error;
  if (code === undefined) return message;
  const sentence = message.split('\n', 1)[0]!;
  return WRONG_VALUE.test(String(code)) ? sentence.replace(/".*"/, '"…"') : sentence;
}

/** Where the fault came up. */
export function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => FRAME.test(line))
    .join('\n');
}
