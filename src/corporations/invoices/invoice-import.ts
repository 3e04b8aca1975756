import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit } from '../../audit/audit.js';
import { Config } from '../../config.js';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import type { LineProblem } from '../../web/csv/csv-rows.js';
import type { FileSource } from '../../web/csv/csv-stream.js';
import { InvoiceDigest } from '../invoice-digest.js';
import {
  factsOf,
  importAlone,
  ImportUndone,
  logRefusal,
  type Imported,
  type ImportOptions,
} from '../import-options.js';
import { readInvoices } from './invoice-file.js';
import type { InvoiceReport } from './invoice-report.js';
import { LONGEST_AHEAD_DAYS, type InvoiceRow } from './invoice-row.js';
import {
  BATCH_OF_INVOICES,
  keepNewest,
  makeRoom,
  problemsAmong,
  putDown,
  slicesOf,
  type GivenInvoice,
  type InvoiceChange,
  type InvoicesWritten,
  type Slice,
} from './invoice-tables.js';

const ACT = 'invoice-import';
/** Companies that a report names. */
const MOST_CHANGES = 1_000;

export type InvoicesImported = Imported<InvoiceReport>;

/**
 * Keeps the two last invoices of each company that the operator's file names, as digests, in one
 * transaction; companies that it does not name keep theirs.
 */
@Injectable()
export class InvoiceImport {
  constructor(
    private readonly em: EntityManager,
    private readonly config: Config,
    private readonly digest: InvoiceDigest,
    private readonly audit: Audit,
  ) {}

  /**
   * Imports a CSV file row by row. A dry run does everything and undoes it, so that its report is
   * what an import would do; it leaves no row in the log either.
   * @returns the report, or everything that is wrong with the file: then nothing was changed
   */
  async run(
    source: FileSource,
    options: ImportOptions<InvoiceReport> = {},
  ): Promise<InvoicesImported> {
    const imported = await importAlone(this.em, ACT, () => this.#import(source, options));
    await logRefusal(this.audit, ACT, imported, options);
    return imported;
  }

  async #import(
    source: FileSource,
    { dryRun = false, by, keep, onProgress = () => undefined }: ImportOptions<InvoiceReport>,
  ): Promise<InvoicesImported> {
    await makeRoom(this.em);
    const { rows, problems: wrong } = await this.#putDown(source, onProgress);
    const slices = await slicesOf(this.em, rows);
    const problems = [...wrong];
    for (const slice of slices) problems.push(...(await problemsAmong(this.em, slice)));
    problems.sort((one, other) => one.line - other.line);
    if (problems.length > 0) throw new ImportUndone({ ok: false, problems });
    const { written, changes } = await this.#keepNewest(slices);
    const report = { dryRun, rows, ...written, changes };
    if (dryRun) throw new ImportUndone({ ok: true, report });
    await this.audit.done(ACT, { visit: by?.visit }, { ...factsOf(by), rows, ...written });
    await keep?.(report);
    return { ok: true, report };
  }

  async #putDown(source: FileSource, onProgress: (rows: number) => void) {
    const problems: LineProblem[] = [];
    let batch: GivenInvoice[] = [];
    let rows = 0;
    const next = async () => {
      await putDown(this.em, batch);
      batch = [];
      onProgress(rows);
    };
    for await (const read of readInvoices(source, this.config, await this.#latestDay())) {
      rows += 1;
      if (read.ok) batch.push(this.#digested(read.line, read.row));
      else problems.push(...read.problems);
      if (batch.length === BATCH_OF_INVOICES) await next();
    }
    await next();
    return { rows, problems };
  }

  async #keepNewest(slices: Slice[]) {
    const total = { companies: 0, added: 0, renewed: 0, removed: 0, changedCompanies: 0 };
    const changes: InvoiceChange[] = [];
    for (const slice of slices) {
      const room = MOST_CHANGES - changes.length;
      const written = await keepNewest(this.em, slice, this.digest.keyFingerprint, room);
      for (const count of Object.keys(total) as (keyof InvoicesWritten)[])
        total[count] += written[count];
      changes.push(...written.changes);
    }
    changes.sort((one, other) => (one.corporateNumber < other.corporateNumber ? -1 : 1));
    return { written: total, changes };
  }

  #digested(line: number, { corporateNumber, mark, issuedOn }: InvoiceRow): GivenInvoice {
    const digests = this.digest.all(corporateNumber, mark);
    const [digest, formerDigest] = digests.map((one) => one.toString('hex'));
    const isNumbered = mark.kind === 'number';
    return { line, corporateNumber, isNumbered, digest: digest!, formerDigest, issuedOn };
  }

  async #latestDay(): Promise<string> {
    const { day } = await tables(this.em)
      .selectNoFrom(
        sql<string>`((${sqlNow} at time zone 'Asia/Tokyo')::date + ${sql.lit(LONGEST_AHEAD_DAYS)})::text`.as(
          'day',
        ),
      )
      .executeTakeFirstOrThrow();
    return day;
  }
}
