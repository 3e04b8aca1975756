import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { Config } from '../config.js';
import type { FileSource } from '../web/csv/csv-stream.js';
import {
  factsOf,
  importAlone,
  ImportUndone,
  logRefusal,
  type Imported,
  type ImportOptions,
} from './import-options.js';
import { MasterDataChanges } from './master-data-log.js';
import { readMasterData, type MasterData } from './master-data.js';
import type { AccountWritten, CompanyWritten, MasterDataReport } from './master-data-report.js';
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
    const imported = reading.ok
      ? await importAlone(this.em, ACT, () => this.#import(reading.masterData, options))
      : reading;
    await logRefusal(this.audit, ACT, imported, options);
    return imported;
  }

  async #import(
    masterData: MasterData,
    { dryRun = false, by: author, keep }: ImportOptions<MasterDataReport>,
  ): Promise<MasterDataImported> {
    const companies = await addCompanies(this.em, masterData.companies);
    const added = companies.flatMap((one) => (one.before ? [] : one.corporateNumber));
    const problems = await leadingZeroProblems(this.em, added, masterData.companies);
    if (problems.length > 0) throw new ImportUndone({ ok: false, problems });
    const accounts = await writeAccounts(this.em, masterData.companies, this.digest);
    const report = reportOf(masterData, companies, accounts, dryRun);
    if (dryRun) throw new ImportUndone({ ok: true, report });
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
