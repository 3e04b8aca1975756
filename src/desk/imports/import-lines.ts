import { columnNames } from '../../corporations/master-data-columns.js';
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
  | { kind: 'refused'; line: number; sentence: Sentence };

const FIELDS = ['name', 'nameKana', 'billingEmail'] as const;

/** What changes stands before what is new. Accounts are shown by their last three digits. */
export function linesOf(report: MasterDataReport): ImportLineContent[] {
  const { changedCompanies, newCompanies, newAccounts } = report;
  const accounts = Map.groupBy(newAccounts, ({ corporateNumber }) => corporateNumber);
  const named = new Set<string>();
  const lineOf = (kind: 'new' | 'changed') => (company: CompanyWritten) => {
    const { corporateNumber, after } = company;
    named.add(corporateNumber);
    const added = (accounts.get(corporateNumber) ?? []).map(accountAdded);
    const changes = [...changesOf(company), ...added];
    return { kind, corporateNumber, name: after.name, changes };
  };
  const written = [...changedCompanies.map(lineOf('changed')), ...newCompanies.map(lineOf('new'))];
  const others = [...accounts].filter(([corporateNumber]) => !named.has(corporateNumber));
  const onlyAccounts = others.map(([corporateNumber, added]) => {
    const changes = added.map(accountAdded);
    return { kind: 'changed' as const, corporateNumber, name: added[0]!.name, changes };
  });
  return [...onlyAccounts, ...written];
}

export function refusedLines(problems: LineProblem[]): ImportLineContent[] {
  return problems.map(({ line, sentence }) => ({ kind: 'refused', line, sentence }));
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
