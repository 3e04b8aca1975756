import type { OutcomeOf } from '../audit/audit.js';
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

export const IMPORT_IN_HAND = {
  ok: false,
  problems: [{ line: 0, sentence: BUSY }],
  isInHand: true,
} satisfies Imported<never>;

/** For the log. */
export function factsOf(by: ImportOptions<never>['by']): Record<string, string> {
  return by ? { operator: by.operator, file: by.fileName } : {};
}
