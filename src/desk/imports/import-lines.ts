import { columnNames } from '../../corporations/master-data-columns.js';
import type { InvoiceChange } from '../../corporations/invoices/invoice-tables.js';
import type {
  AccountWritten,
  CompanyWritten,
  MasterDataReport,
} from '../../corporations/master-data-report.js';
import { maskedEmail } from '../../mail/masked-email.js';
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

/** A company pays into one, or a few. */
const MOST_ACCOUNTS = 3;
const MANY = `${MOST_ACCOUNTS + 1}…`;

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
      ...newAccountsOf(kind, accounts.get(corporateNumber) ?? []),
    ];
    accounts.delete(corporateNumber);
    return { kind, corporateNumber, name: after.name, changes };
  };
  for (const company of changedCompanies) yield lineOf('changed', company);
  for (const [corporateNumber, numbers] of accounts)
    if (!added.has(corporateNumber)) {
      const changes = newAccountsOf('changed', numbers);
      yield { kind: 'changed', corporateNumber, name: numbers[0]!.name, changes };
    }
  for (const company of newCompanies) yield lineOf('new', company);
}

export function mayHoldGuesses({ newAccounts, newCompanies }: MasterDataReport): boolean {
  const added = new Set(newCompanies.map(({ corporateNumber }) => corporateNumber));
  const known = newAccounts.filter(({ corporateNumber }) => !added.has(corporateNumber));
  const byCompany = Map.groupBy(known, ({ corporateNumber }) => corporateNumber);
  return [...byCompany.values()].some((numbers) => numbers.length > MOST_ACCOUNTS);
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

/** Many numbers for one company may be guesses: which of them are known already is not told. */
function newAccountsOf(kind: 'new' | 'changed', added: AccountWritten[]): ColumnChange[] {
  if (kind === 'new' || added.length <= MOST_ACCOUNTS) return added.map(accountAdded);
  return [{ column: columnNames.transferAccountNumber, before: '', after: MANY }];
}

function accountAdded({ lastDigits }: { lastDigits: string }): ColumnChange {
  return { column: columnNames.transferAccountNumber, before: '', after: `…${lastDigits}` };
}
