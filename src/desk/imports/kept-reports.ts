import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { InvoiceReport } from '../../corporations/invoices/invoice-report.js';
import { columnNames } from '../../corporations/master-data-columns.js';
import { countsOf } from '../../corporations/master-data-import.js';
import { touchedCompanies, type MasterDataReport } from '../../corporations/master-data-report.js';
import type { MasterDataCompany } from '../../corporations/master-data.js';
import { tables } from '../../database/tables.js';
import { KNOWN } from './desk-import.entity.js';
import { invoiceLines, linesOf, type ImportLineContent } from './import-lines.js';

export type Report = MasterDataReport | InvoiceReport;

export interface Kept {
  state: 'checked' | 'refused' | 'done';
  counts: Record<string, number>;
  lines: Iterable<ImportLineContent>;
}

/** A company pays into one, or a few: many of one file may be guesses. */
const MOST_IN_A_FILE = 3;
/** Accounts of a company that files named as new and nobody imported: as many as wrong pairs at the front door. */
const MOST_A_DAY = 10;

/** What is kept of a report. A check changes nothing, so it must not tell guesses from what is stored. */
@Injectable()
export class KeptReports {
  constructor(private readonly em: EntityManager) {}

  async checked(report: Report): Promise<Kept> {
    if (!('given' in report)) return { ...ofInvoices(report), state: 'checked' };
    const hidden = await this.#hidden(report);
    const kept = { ...ofMasterData(report), state: 'checked' as const };
    if (hidden.length === 0) return kept;
    const touched = new Set(touchedCompanies(report));
    const asIfTouched = hidden.filter((one) => !touched.has(one.corporateNumber)).length;
    const { newAccounts: _, ...counts } = kept.counts;
    counts.unchanged! -= asIfTouched;
    counts[KNOWN]! += asIfTouched;
    return { ...kept, counts, lines: linesOf(report, hidden) };
  }

  done(report: Report): Kept {
    return { ...('given' in report ? ofMasterData(report) : ofInvoices(report)), state: 'done' };
  }

  /** Companies about whose accounts nothing is told, whether they are new or not. */
  async #hidden({
    given,
    newCompanies,
    newAccounts,
  }: MasterDataReport): Promise<MasterDataCompany[]> {
    const added = new Set(newCompanies.map(({ corporateNumber }) => corporateNumber));
    const touched = new Set(newAccounts.map(({ corporateNumber }) => corporateNumber));
    const guessedAt = await this.#guessedAt();
    const isHidden = ({ corporateNumber, transferAccountNumbers }: MasterDataCompany) =>
      guessedAt.has(corporateNumber) ||
      (touched.has(corporateNumber) && transferAccountNumbers.size > MOST_IN_A_FILE);
    return given.filter((one) => !added.has(one.corporateNumber) && isHidden(one));
  }

  /** Companies of which the checks of a day have told enough. */
  async #guessedAt(): Promise<Set<string>> {
    const { rows } = await sql<{ number: string }>`
      select l.content ->> 'corporateNumber' as number
      from desk_imports r
      join desk_import_lines l on l.run_id = r.id
      cross join jsonb_array_elements(l.content -> 'changes') change
      where r.kind = 'master-data' and r.state <> 'done'
        and r.created_at > genkan_now() - interval '1 day'
        and l.content ->> 'kind' = 'changed'
        and change ->> 'column' = ${columnNames.transferAccountNumber}
      group by 1 having count(*) >= ${MOST_A_DAY}`.execute(tables(this.em));
    return new Set(rows.map(({ number }) => number));
  }
}

function ofMasterData(report: MasterDataReport): Omit<Kept, 'state'> {
  const { unchanged } = report;
  const counts = { ...countsOf(report), unchanged, [KNOWN]: touchedCompanies(report).length };
  return { counts, lines: linesOf(report) };
}

function ofInvoices(report: InvoiceReport): Omit<Kept, 'state'> {
  const { dryRun: _, changes, ...counted } = report;
  const counts = { ...counted, [KNOWN]: counted.changedCompanies };
  return { counts, lines: invoiceLines(changes) };
}
