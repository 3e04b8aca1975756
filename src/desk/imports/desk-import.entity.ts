import { randomUUID } from 'node:crypto';
import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import type { OutcomeOf } from '../../audit/audit.js';

const IMPORT_KINDS = ['master-data', 'invoices'] as const;

const TIMED_OUT = 'timedOut';
/** A company came to be there after the check, so that it was not imported. */
export const OUTDATED = 'outdated';
export const KNOWN = 'knownCompanies';

export type ImportKind = (typeof IMPORT_KINDS)[number];

export const DeskImportSchema = defineEntity({
  name: 'DeskImport',
  tableName: 'desk_imports',
  indexes: [{ name: 'desk_imports_by_time', properties: ['createdAt'] }],
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(IMPORT_KINDS),
    state: p.enum([
      'checking',
      'checked',
      'refused',
      'importing',
      'done',
      'interrupted',
      'discarded',
    ] as const),
    fileName: p.text(),
    bytes: p.integer(),
    /** SHA-256 of the file in hexadecimal. */
    digest: p.text(),
    /** A name of the desk, as the log has it. */
    uploadedBy: p.text(),
    confirmedBy: p.text().nullable(),
    /** The request that confirmed it, for the log. */
    confirmedIn: p.json().$type<NonNullable<OutcomeOf['visit']>>().nullable(),
    /** The job that has it in hand; null while it waits for its turn. */
    holder: p.uuid().nullable(),
    rowsRead: p.integer().default(0),
    /** Of the report; how many companies it touches that were there, and why it came to no end. */
    counts: p.json().$type<Record<string, number>>().default('{}'),
    /** How many lines the report has. */
    lines: p.integer().default(0),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    finishedAt: p.datetime().nullable(),
    /** A process ended in the middle, and nothing was changed. */
    interruptedAt: p.datetime().nullable(),
    /** The file is kept until then. */
    endsAt: p.datetime(),
  },
});

/** A file of master data or invoices at the desk: checked, confirmed, imported. */
export class DeskImport extends DeskImportSchema.class {
  declare [OptionalProps]?: 'isRunning' | 'isTimedOut' | 'isOutdated' | 'takesTwo';

  /** Waits for a job, or is in the hands of one. */
  get isRunning(): boolean {
    return this.state === 'checking' || this.state === 'importing';
  }

  canBeConfirmed(now: Date): boolean {
    return this.state === 'checked' && this.endsAt > now;
  }

  /** As by hand, it takes two of the desk to change a company that is there. */
  get takesTwo(): boolean {
    return Boolean(this.counts[KNOWN]);
  }

  confirm(operator: string, visit: NonNullable<OutcomeOf['visit']>): void {
    const { address, requestId, browser } = visit;
    this.state = 'importing';
    this.confirmedBy = operator;
    this.confirmedIn = { address, ...(requestId && { requestId }), ...(browser && { browser }) };
    this.rowsRead = 0;
    this.interruptedAt = null;
    const { [TIMED_OUT]: _, [OUTDATED]: __, ...counts } = this.counts;
    this.counts = counts;
  }

  discard(now: Date): void {
    this.state = 'discarded';
    this.finishedAt = now;
  }

  /** By one job. */
  begin(): void {
    this.holder = randomUUID();
  }

  /** The import that ran before it goes first. */
  wait(): void {
    this.holder = null;
  }

  get isTimedOut(): boolean {
    return TIMED_OUT in this.counts;
  }

  get isOutdated(): boolean {
    return OUTDATED in this.counts;
  }

  /** What was checked can be confirmed again. @param isTimedOut the database took too long */
  interrupt(now: Date, { isTimedOut = false } = {}): void {
    if (isTimedOut) this.counts = { ...this.counts, [TIMED_OUT]: 1 };
    this.state = this.state === 'importing' ? 'checked' : 'interrupted';
    this.holder = null;
    this.interruptedAt = now;
  }
}

DeskImportSchema.setClass(DeskImport);
