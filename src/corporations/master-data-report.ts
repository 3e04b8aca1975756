import { say, type Sentence } from '../web/sentence.js';
import type { LineProblem } from '../web/csv/csv-rows.js';
import type { MasterDataCompany } from './master-data.js';
import { columnNames } from './master-data-columns.js';

export interface MasterDataReport {
  dryRun: boolean;
  rows: number;
  companies: number;
  /** As the file names them. */
  given: MasterDataCompany[];
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
  /** Of the company. */
  name: string;
  lastDigits: string;
}

interface CompanyFields {
  name: string;
  nameKana: string;
  billingEmail: string | null;
}

/** The numbers of companies that were there, and are changed or given an account. */
export function touchedCompanies(report: MasterDataReport): string[] {
  const { newCompanies, changedCompanies, newAccounts } = report;
  const isNew = new Set(newCompanies.map(({ corporateNumber }) => corporateNumber));
  const written = [...changedCompanies, ...newAccounts];
  const touched = new Set(written.map(({ corporateNumber }) => corporateNumber));
  return [...touched].filter((number) => !isNew.has(number));
}

/** By company: the names of what changes of it, for the log. */
export function fieldsChanged(report: MasterDataReport): Map<string, string[]> {
  const changed = new Map<string, string[]>();
  const { changedCompanies, newAccounts } = report;
  for (const { corporateNumber, before, after } of changedCompanies)
    changed.set(corporateNumber, [
      ...(before!.name === after.name ? [] : ['corporationName']),
      ...(before!.nameKana === after.nameKana ? [] : ['corporationKana']),
      ...(before!.billingEmail === after.billingEmail ? [] : ['billingEmail']),
    ]);
  for (const number of new Set(newAccounts.map(({ corporateNumber }) => corporateNumber)))
    changed.set(number, [...(changed.get(number) ?? []), 'transferAccount']);
  return changed;
}

const SHOWN = 20;

/** The report as lines for an operator's terminal. Mail addresses are not shown, accounts by three digits. */
export function reportLines(report: MasterDataReport): (string | Sentence)[] {
  const { newCompanies, changedCompanies, newAccounts } = report;
  const known = newAccounts.filter(isOfKnownCompany(newCompanies));
  return [
    report.dryRun
      ? say('確認のみで、何も変更していません。取り込むと次のようになります：')
      : say('取り込みました。'),
    say(
      '{rows}行、{companies}法人：新規{added}、変更{changed}、変更なし{unchanged}。新しいお振込先口座番号{accounts}件（うち登録済みの法人のもの{known}件）',
      {
        rows: report.rows,
        companies: report.companies,
        added: newCompanies.length,
        changed: changedCompanies.length,
        unchanged: report.unchanged,
        accounts: newAccounts.length,
        known: known.length,
      },
    ),
    ...listed(say('新規の法人：'), newCompanies, ({ corporateNumber, after }) => [
      corporateNumber,
      after.name,
    ]),
    ...listed(say('変更のあった法人：'), changedCompanies, (company) => [
      company.corporateNumber,
      changesOf(company),
    ]),
    ...listed(
      say('登録済みの法人の新しいお振込先口座番号：'),
      known,
      ({ corporateNumber, lastDigits }) => [corporateNumber, `…${lastDigits}`],
    ),
  ];
}

export function problemLines(problems: LineProblem[]): (Sentence | [Sentence, Sentence])[] {
  return problems.map(({ line, sentence }) =>
    line === 0 ? sentence : [say('{line}行目：', { line }), sentence],
  );
}

function isOfKnownCompany(newCompanies: CompanyWritten[]): (account: AccountWritten) => boolean {
  const numbers = new Set(newCompanies.map(({ corporateNumber }) => corporateNumber));
  return ({ corporateNumber }) => !numbers.has(corporateNumber);
}

function listed<T>(
  title: Sentence,
  items: T[],
  cells: (item: T) => string[],
): (string | Sentence)[] {
  if (items.length === 0) return [];
  const more = items.length - SHOWN;
  return [
    title,
    ...items.slice(0, SHOWN).map((item) => `  ${cells(item).join('  ')}`),
    ...(more > 0 ? [say('  ほか{more}件', { more })] : []),
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
