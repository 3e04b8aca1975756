import { HttpException } from '@nestjs/common';
import { Counter } from 'prom-client';
import { codeOf } from '../../database/faults.js';

const unavailable = new Counter({
  name: 'genkan_unavailable_total',
  help: 'Requests that were answered with 503, by the cause',
  labelNames: ['cause'],
});

/** By the beginning of PostgreSQL's SQLSTATE; the first that fits. */
const CAUSES = [
  ['53100', 'disk-full'],
  ['53', 'database-full'],
  ['25006', 'read-only'],
  ['57014', 'slow-statement'],
  ['40', 'conflict'],
] as const;

/** An increase shows only where a series was there before. */
for (const [, cause] of [...CAUSES, ['', 'database-away'], ['', 'busy']] as const)
  unavailable.inc({ cause }, 0);

/** @param error what was answered with 503 */
export function countUnavailable(error: unknown): void {
  unavailable.inc({ cause: error instanceof HttpException ? 'busy' : causeOf(error) });
}

function causeOf(error: unknown): string {
  const code = codeOf(error) ?? '';
  return CAUSES.find(([beginning]) => code.startsWith(beginning))?.[1] ?? 'database-away';
}
