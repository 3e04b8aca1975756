import pino, { type Logger } from 'pino';
import { logOptions } from './logged-fault.js';
import { reasonsOf } from './reasons-of.js';

/**
 * Why a start failed: one JSON line for the log, and sentences for a person at a terminal.
 * @param log absent where nothing is known of the configuration
 */
export function reportFailedStart(error: unknown, log: Logger = pino(logOptions)): void {
  const reasons = reasonsOf(error);
  const { stack, message } = error as Error;
  const isUnforeseen = reasons[0] === stack;
  const told = isUnforeseen ? [message] : reasons;
  log.fatal({ cause: told.join(' '), ...(isUnforeseen && { err: error }) }, 'the start failed');
  for (const line of told) process.stderr.write(`${line}\n`);
}
