import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Audit, OutcomeOf } from '../audit/audit.js';
import { lockNumber } from '../database/advisory-locks.js';
import { planForLargeTables } from '../database/large-tables.js';
import { tables } from '../database/tables.js';
import { inTransaction } from '../database/transaction.js';
import type { LineProblem } from '../web/csv/csv-rows.js';
import { say } from '../web/sentence.js';

export interface ImportOptions<Report> {
  dryRun?: boolean;
  /** Who of the desk imports it; absent for a command. */
  by?: { operator: string; fileName: string; visit: OutcomeOf['visit'] };
  /** Called now and then with how many rows were read. */
  onProgress?: (rows: number) => void;
  /** A step of the transaction that imports it. */
  keep?: (report: Report) => Promise<void>;
}

/** `isInHand`: nothing was looked at, because another import of the kind runs. */
export type Imported<Report> =
  { ok: true; report: Report } | { ok: false; problems: LineProblem[]; isInHand?: true };

const BUSY = say('別の取り込みを実行しています。終わってから、もう一度実行してください。');

const IN_HAND = {
  ok: false,
  problems: [{ line: 0, sentence: BUSY }],
  isInHand: true,
} satisfies Imported<never>;

type ImportAct = 'invoice-import' | 'master-data-import';

/** Thrown to roll the transaction back: a dry run, or a file that is refused after it was begun. */
export class ImportUndone<Report> extends Error {
  constructor(readonly result: Imported<Report>) {
    super('undone');
  }
}

/** Imports in one transaction. Two imports of a kind never run at once. */
export async function importAlone<Report>(
  em: EntityManager,
  act: ImportAct,
  work: () => Promise<Imported<Report>>,
): Promise<Imported<Report>> {
  try {
    return await inTransaction(em, async () => {
      if (!(await isAlone(em, act))) return IN_HAND;
      await planForLargeTables(em);
      return work();
    });
  } catch (error) {
    if (error instanceof ImportUndone) return error.result as Imported<Report>;
    throw error;
  }
}

async function isAlone(em: EntityManager, act: ImportAct): Promise<boolean> {
  const { alone } = await tables(em)
    .selectNoFrom(sql<boolean>`pg_try_advisory_xact_lock(${lockNumber(act)})`.as('alone'))
    .executeTakeFirstOrThrow();
  return alone;
}

/** A row in the log for a file that was refused, but for a dry run. */
export async function logRefusal<Report>(
  audit: Audit,
  act: ImportAct,
  imported: Imported<Report>,
  { dryRun = false, by }: ImportOptions<Report>,
): Promise<void> {
  if (imported.ok || imported.isInHand || dryRun) return;
  const facts = { ...factsOf(by), problems: imported.problems.length };
  await audit.record(act, 'rows-refused', { visit: by?.visit }, facts);
}

/** For the log. */
export function factsOf(by: ImportOptions<never>['by']): Record<string, string> {
  return by ? { operator: by.operator, file: by.fileName } : {};
}
