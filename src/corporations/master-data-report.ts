import { translate } from '../web/texts.js';
import type { LineProblem } from './csv-file.js';
import { columnNames } from './master-data-columns.js';

export interface MasterDataReport {
  dryRun: boolean;
  rows: number;
  companies: number;
  newCompanies: CompanyWritten[];
  changedCompanies: CompanyWritten[];
  /** Those of new companies too. */
  newAccounts: AccountWritten[];
  /** Companies that did not differ and had all the accounts that the file names. */
  unchanged: number;
}

export interface CompanyWritten {
  corporateNumber: string;
  /** Null for a new company. */
  before: CompanyFields | null;
  after: CompanyFields;
}

export interface AccountWritten {
  corporateNumber: string;
  lastDigits: string;
}

interface CompanyFields {
  name: string;
  nameKana: string;
  billingEmail: string | null;
}

const SHOWN = 20;

/** The report as lines for an operator's terminal. Mail addresses are not shown, accounts by three digits. */
export function reportLines(report: MasterDataReport): string[] {
  const { newCompanies, changedCompanies, newAccounts } = report;
  const known = newAccounts.filter(isOfKnownCompany(newCompanies));
  return [
    report.dryRun ? 'Dry run: nothing was changed. The import would do this:' : 'Imported.',
    `${report.rows} rows, ${report.companies} companies: ${newCompanies.length} new, ` +
      `${changedCompanies.length} changed, ${report.unchanged} unchanged; ` +
      `${newAccounts.length} new transfer accounts, ${known.length} of them of known companies`,
    ...listed('New companies', newCompanies, ({ corporateNumber, after }) => [
      corporateNumber,
      after.name,
    ]),
    ...listed('Changed companies', changedCompanies, (company) => [
      company.corporateNumber,
      changesOf(company),
    ]),
    ...listed(
      'New transfer accounts of known companies',
      known,
      ({ corporateNumber, lastDigits }) => [corporateNumber, `…${lastDigits}`],
    ),
  ];
}

export function problemLines(problems: LineProblem[]): string[] {
  return problems.map(({ line, sentence }) => {
    const text = translate(sentence, 'en');
    return line === 0 ? text : `line ${line}: ${text}`;
  });
}

function isOfKnownCompany(newCompanies: CompanyWritten[]): (account: AccountWritten) => boolean {
  const numbers = new Set(newCompanies.map(({ corporateNumber }) => corporateNumber));
  return ({ corporateNumber }) => !numbers.has(corporateNumber);
}

function listed<T>(title: string, items: T[], cells: (item: T) => string[]): string[] {
  if (items.length === 0) return [];
  const more = items.length - SHOWN;
  return [
    `${title}:`,
    ...items.slice(0, SHOWN).map((item) => `  ${cells(item).join('  ')}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function changesOf({ before, after }: CompanyWritten): string {
  return [
    before!.name !== after.name && `${columnNames.name} ${before!.name} → ${after.name}`,
    before!.nameKana !== after.nameKana &&
      `${columnNames.nameKana} ${before!.nameKana} → ${after.nameKana}`,
    before!.billingEmail !== after.billingEmail && columnNames.billingEmail,
  ]
    .filter((change) => change !== false)
    .join(', ');
}
