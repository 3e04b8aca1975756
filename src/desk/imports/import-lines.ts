import type { MasterDataCompany } from '../../corporations/master-data.js';
import { columnNames } from '../../corporations/master-data-columns.js';
import type { InvoiceChange } from '../../corporations/invoices/invoice-tables.js';
import type {
  AccountWritten,
  CompanyWritten,
  MasterDataReport,
} from '../../corporations/master-data-report.js';
import { maskedEmail } from '../../mail/masked-email.js';
import type { LineProblem } from '../../web/csv/csv-rows.js';
import { say, type Sentence } from '../../web/sentence.js';

/** A column of the file by its name. */
export interface ColumnChange {
  column: string;
  before: string;
  after: string;
  /** Of hidden accounts, how many are new: for whoever can confirm them. */
  added?: number;
}

export type ImportLineContent =
  | { kind: 'new' | 'changed'; corporateNumber: string; name: string; changes: ColumnChange[] }
  | ({ kind: 'invoices' } & InvoiceChange)
  | { kind: 'refused'; line: number; sentence: Sentence };

const HIDDEN: ColumnChange = {
  column: columnNames.transferAccountNumber,
  before: '',
  after: '…',
};

const FIELDS = ['name', 'nameKana', 'billingEmail'] as const;

/**
 * What changes before what is new, accounts by their last three digits. Lines are made one by one,
 * because there may be many.
 * @param hidden companies of which nothing is told of their accounts
 */
export function* linesOf(
  report: MasterDataReport,
  hidden: MasterDataCompany[] = [],
): Generator<ImportLineContent> {
  const { changedCompanies, newCompanies, newAccounts } = report;
  const names = new Map([...hidden, ...newAccounts].map((one) => [one.corporateNumber, one.name]));
  const accounts = new Map(
    [...Map.groupBy(newAccounts, ({ corporateNumber }) => corporateNumber)].map(
      ([number, added]) => [number, added.map(accountAdded)],
    ),
  );
  for (const { corporateNumber: number } of hidden)
    accounts.set(number, [{ ...HIDDEN, added: accounts.get(number)?.length ?? 0 }]);
  const added = new Set(newCompanies.map(({ corporateNumber }) => corporateNumber));
  const lineOf = (kind: 'new' | 'changed', company: CompanyWritten): ImportLineContent => {
    const { corporateNumber, after } = company;
    const changes = [...changesOf(company), ...(accounts.get(corporateNumber) ?? [])];
    accounts.delete(corporateNumber);
    return { kind, corporateNumber, name: after.name, changes };
  };
  for (const company of changedCompanies) yield lineOf('changed', company);
  for (const [corporateNumber, changes] of accounts)
    if (!added.has(corporateNumber))
      yield { kind: 'changed', corporateNumber, name: names.get(corporateNumber)!, changes };
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
      before: shownBefore(field, before?.[field] ?? ''),
      after: after[field] ?? '',
    }));
}

/** Where the invoices of a company go is shown to nobody who only typed its number into a file. */
function shownBefore(field: (typeof FIELDS)[number], value: string): string {
  return field === 'billingEmail' && value !== '' ? maskedEmail(value) : value;
}

function accountAdded({ lastDigits }: Pick<AccountWritten, 'lastDigits'>): ColumnChange {
  return { column: columnNames.transferAccountNumber, before: '', after: `…${lastDigits}` };
}

/** @param seesCounts whether the reader is told how many hidden accounts are new */
export function addedInWords({ added }: ColumnChange, seesCounts: boolean): Sentence | null {
  if (added === undefined || !seesCounts) return null;
  return say('新しい番号{count}件', { count: added });
}
