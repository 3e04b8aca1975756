import { columnNames } from '../../corporations/master-data-columns.js';
import type { InvoiceChange } from '../../corporations/invoices/invoice-tables.js';
import type { CompanyWritten, MasterDataReport } from '../../corporations/master-data-report.js';
import type { LineProblem } from '../../web/csv/csv-rows.js';
import type { Sentence } from '../../web/sentence.js';

/** A column of the file by its name. */
export interface ColumnChange {
  column: string;
  before: string;
  after: string;
}

export type ImportLineContent =
  | { kind: 'new' | 'changed'; corporateNumber: string; name: string; changes: ColumnChange[] }
  | ({ kind: 'invoices' } & InvoiceChange)
  | { kind: 'refused'; line: number; sentence: Sentence };

const FIELDS = ['name', 'nameKana', 'billingEmail'] as const;

/**
 * What changes before what is new, accounts by their last three digits. Lines are made one by one,
 * because there may be many.
 */
export function* linesOf(report: MasterDataReport): Generator<ImportLineContent> {
  const { changedCompanies, newCompanies, newAccounts } = report;
  const accounts = Map.groupBy(newAccounts, ({ corporateNumber }) => corporateNumber);
  const added = new Set(newCompanies.map(({ corporateNumber }) => corporateNumber));
  const lineOf = (kind: 'new' | 'changed', company: CompanyWritten): ImportLineContent => {
    const { corporateNumber, after } = company;
    const changes = [
      ...changesOf(company),
      ...(accounts.get(corporateNumber) ?? []).map(accountAdded),
    ];
    accounts.delete(corporateNumber);
    return { kind, corporateNumber, name: after.name, changes };
  };
  for (const company of changedCompanies) yield lineOf('changed', company);
  for (const [corporateNumber, numbers] of accounts)
    if (!added.has(corporateNumber)) {
      const changes = numbers.map(accountAdded);
      yield { kind: 'changed', corporateNumber, name: numbers[0]!.name, changes };
    }
  for (const company of newCompanies) yield lineOf('new', company);
}

export function* invoiceLines(changes: InvoiceChange[]): Generator<ImportLineContent> {
  for (const change of changes) yield { kind: 'invoices', ...change };
}

export function* refusedLines(problems: LineProblem[]): Generator<ImportLineContent> {
  for (const { line, sentence } of problems) yield { kind: 'refused', line, sentence };
}

function changesOf({ before, after }: CompanyWritten): ColumnChange[] {
  return FIELDS.filter((field) => (before?.[field] ?? '') !== (after[field] ?? ''))
    .filter((field) => before !== null || field !== 'name')
    .map((field) => ({
      column: columnNames[field],
      before: before?.[field] ?? '',
      after: after[field] ?? '',
    }));
}

function accountAdded({ lastDigits }: { lastDigits: string }): ColumnChange {
  return { column: columnNames.transferAccountNumber, before: '', after: `…${lastDigits}` };
}
