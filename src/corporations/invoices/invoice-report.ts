import { say, type Sentence } from '../../web/sentence.js';
import type { InvoiceChange, InvoicesWritten } from './invoice-tables.js';

export interface InvoiceReport extends InvoicesWritten {
  dryRun: boolean;
  rows: number;
  /** Of the companies that change, not more than a person reads. */
  changes: InvoiceChange[];
}

/** The report as lines for an operator's terminal: counts only, because all else is a proof. */
export function invoiceReportLines(report: InvoiceReport): Sentence[] {
  const { dryRun, rows, companies, added, renewed, removed, changedCompanies } = report;
  const unchanged = companies - changedCompanies;
  return [
    dryRun
      ? say('確認のみで、何も変更していません。取り込むと次のようになります：')
      : say('取り込みました。'),
    say(
      '{rows}行、{companies}法人：新しく登録した請求書{added}件、削除した古い請求書{removed}件、変更のない法人{unchanged}件。',
      { rows, companies, added, removed, unchanged },
    ),
    say('登録するのは、1法人につき直近の2件です。それより古い行は登録しません。'),
    ...(renewed > 0 ? [say('新しい鍵で登録し直した請求書：{renewed}件', { renewed })] : []),
  ];
}
