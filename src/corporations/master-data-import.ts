import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit } from '../audit/audit.js';
import { Config } from '../config.js';
import { lockNumber } from '../database/advisory-locks.js';
import { planForLargeTables } from '../database/large-tables.js';
import { tables } from '../database/tables.js';
import { inTransaction } from '../database/transaction.js';
import type { FileSource } from '../web/csv/csv-stream.js';
import { factsOf, IMPORT_IN_HAND, type Imported, type ImportOptions } from './import-options.js';
import { MasterDataChanges } from './master-data-log.js';
import { readMasterData, type MasterData } from './master-data.js';
import type { AccountWritten, CompanyWritten, MasterDataReport } from './master-data-report.js';
import type { LineProblem } from '../web/csv/csv-rows.js';
import { leadingZeroProblems } from './leading-zeros.js';
import { addCompanies, changeCompanies } from './master-data-tables.js';
import { writeAccounts } from './transfer-account-tables.js';
import { TransferAccountDigest } from './transfer-account-digest.js';

const ACT = 'master-data-import';

export type MasterDataImported = Imported<MasterDataReport>;

/**
 * Brings the companies and their transfer accounts to what the operator's file says, in one
 * transaction. It adds and changes and takes nothing away: a company that the file does not name
 * stays, an account that it no longer names stays valid, and a closed company stays closed.
 */
@Injectable()
export class MasterDataImport {
  constructor(
    private readonly em: EntityManager,
    private readonly config: Config,
    private readonly digest: TransferAccountDigest,
    private readonly changes: MasterDataChanges,
    private readonly audit: Audit,
  ) {}

  /**
   * Imports a CSV file. A dry run does everything up to the changes of known companies and undoes
   * it, so that its report is what an import would do; it leaves no row in the log either.
   * @returns the report, or everything that is wrong with the file: then nothing was changed
   */
  async run(
    source: FileSource,
    options: ImportOptions<MasterDataReport> = {},
  ): Promise<MasterDataImported> {
    const reading = await readMasterData(source, this.config, options.onProgress);
    if (!reading.ok) return this.#refused(reading.problems, options);
    try {
      return await inTransaction(this.em, () => this.#import(reading.masterData, options));
    } catch (error) {
      if (error instanceof Undone) return { ok: true, report: error.report };
      if (error instanceof TwiceThere) return this.#refused(error.problems, options);
      throw error;
    }
  }

  async #refused(
    problems: LineProblem[],
    { dryRun = false, by }: ImportOptions<MasterDataReport>,
  ): Promise<MasterDataImported> {
    const facts = { ...factsOf(by), problems: problems.length };
    if (!dryRun) await this.audit.record(ACT, 'rows-refused', { visit: by?.visit }, facts);
    return { ok: false, problems };
  }

  async #import(
    masterData: MasterData,
    { dryRun = false, by: author, keep }: ImportOptions<MasterDataReport>,
  ): Promise<MasterDataImported> {
    if (!(await this.#isAlone())) return IMPORT_IN_HAND;
    await planForLargeTables(this.em);
    const companies = await addCompanies(this.em, masterData.companies);
    const added = companies.flatMap((one) => (one.before ? [] : one.corporateNumber));
    const twice = await leadingZeroProblems(this.em, added, masterData.companies);
    if (twice.length > 0) throw new TwiceThere(twice);
    const accounts = await writeAccounts(this.em, masterData.companies, this.digest);
    const report = reportOf(masterData, companies, accounts, dryRun);
    if (dryRun) throw new Undone(report);
    await this.audit.done(
      ACT,
      { visit: author?.visit },
      { ...factsOf(author), ...countsOf(report) },
    );
    await keep?.(report);
    await changeCompanies(this.em, report.changedCompanies);
    await this.changes.tell(report, author);
    return { ok: true, report };
  }

  /** Two imports never run at once. */
  async #isAlone(): Promise<boolean> {
    const lock = lockNumber('master-data-import');
    const { alone } = await tables(this.em)
      .selectNoFrom(sql<boolean>`pg_try_advisory_xact_lock(${lock})`.as('alone'))
      .executeTakeFirstOrThrow();
    return alone;
  }
}

/** Thrown to roll the transaction back: companies of the file are there under a number with other zeros. */
class TwiceThere extends Error {
  constructor(readonly problems: LineProblem[]) {
    super('twice there');
  }
}

/** Thrown to roll the transaction back. */
class Undone extends Error {
  constructor(readonly report: MasterDataReport) {
    super('dry run');
  }
}

function reportOf(
  { rows, companies }: MasterData,
  written: CompanyWritten[],
  newAccounts: AccountWritten[],
  dryRun: boolean,
): MasterDataReport {
  const touched = new Set(
    [...written, ...newAccounts].map(({ corporateNumber }) => corporateNumber),
  );
  return {
    dryRun,
    rows,
    companies: companies.length,
    given: companies,
    newCompanies: written.filter(({ before }) => before === null),
    changedCompanies: written.filter(({ before }) => before !== null),
    newAccounts,
    unchanged: companies.length - touched.size,
  };
}

/** What of a report the log has. */
export function countsOf(report: MasterDataReport): Record<string, number> {
  return {
    rows: report.rows,
    companies: report.companies,
    newCompanies: report.newCompanies.length,
    changedCompanies: report.changedCompanies.length,
    newAccounts: report.newAccounts.length,
  };
}
