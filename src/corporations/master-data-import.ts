import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit } from '../audit/audit.js';
import { Config } from '../config.js';
import { lockNumber } from '../database/advisory-locks.js';
import { tables } from '../database/tables.js';
import { inTransaction } from '../database/transaction.js';
import { say } from '../web/sentence.js';
import type { LineProblem } from '../web/csv/csv-rows.js';
import { readMasterData, type MasterData } from './master-data.js';
import type { AccountWritten, CompanyWritten, MasterDataReport } from './master-data-report.js';
import { writeAccounts, writeCompanies } from './master-data-tables.js';
import { TransferAccountDigest } from './transfer-account-digest.js';

const ACT = 'master-data-import';

export type MasterDataImported =
  { ok: true; report: MasterDataReport } | { ok: false; problems: LineProblem[] };

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
    private readonly audit: Audit,
  ) {}

  /**
   * Imports the bytes of a CSV file. A dry run does everything and undoes it, so that its report
   * is what an import would do; it leaves no row in the log either.
   * @returns the report, or everything that is wrong with the file: then nothing was changed
   */
  async run(bytes: Uint8Array, { dryRun = false } = {}): Promise<MasterDataImported> {
    const reading = readMasterData(bytes, this.config);
    if (!reading.ok) {
      if (!dryRun)
        await this.audit.record(ACT, 'rows-refused', {}, { problems: reading.problems.length });
      return reading;
    }
    try {
      return await inTransaction(this.em, () => this.#import(reading.masterData, dryRun));
    } catch (error) {
      if (error instanceof Undone) return { ok: true, report: error.report };
      throw error;
    }
  }

  async #import(masterData: MasterData, dryRun: boolean): Promise<MasterDataImported> {
    if (!(await this.#isAlone())) return { ok: false, problems: [{ line: 0, sentence: BUSY }] };
    const companies = await writeCompanies(this.em, masterData.companies);
    const accounts = await writeAccounts(this.em, masterData.companies, this.digest);
    const report = reportOf(masterData, companies, accounts, dryRun);
    if (dryRun) throw new Undone(report);
    await this.audit.done(ACT, {}, countsOf(report));
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

export const BUSY = say('別の取り込みを実行しています。終わってから、もう一度実行してください。');

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
    newCompanies: written.filter(({ before }) => before === null),
    changedCompanies: written.filter(({ before }) => before !== null),
    newAccounts,
    unchanged: companies.length - touched.size,
  };
}

function countsOf(report: MasterDataReport): Record<string, number> {
  return {
    rows: report.rows,
    companies: report.companies,
    newCompanies: report.newCompanies.length,
    changedCompanies: report.changedCompanies.length,
    newAccounts: report.newAccounts.length,
  };
}
