import { createReadStream } from 'node:fs';
import { InvoiceImport } from '../corporations/invoices/invoice-import.js';
import { invoiceReportLines } from '../corporations/invoices/invoice-report.js';
import { problemLines } from '../corporations/master-data-report.js';
import { say } from '../web/sentence.js';
import { done, refused, type CommandResult } from './command-result.js';
import { faultOf } from './readable-file.js';
import { speaker } from './terminal-language.js';
import { withApp } from './with-app.js';

type Environment = Record<string, string | undefined>;

const ROWS_OF_A_SIGN = 10_000;

/** `genkan import-invoices`: the invoices of a file, all of it or nothing. */
export async function importInvoices(
  environment: Environment,
  file: string,
  dryRun: boolean,
): Promise<CommandResult> {
  const fault = await faultOf(file);
  if (fault)
    return refused(say('{file} を読めません（{code}）。', { file, code: fault.code ?? '-' }));
  return withApp(environment, async (app) => {
    const onProgress = signsOfLife(environment);
    const imported = await app
      .get(InvoiceImport)
      .run(() => createReadStream(file), { dryRun, onProgress });
    return imported.ok
      ? done(...invoiceReportLines(imported.report))
      : refused(...problemLines(imported.problems), say('何も変更していません。'));
  });
}

/** A line on stderr now and then, so that stdout has the report alone. */
function signsOfLife(environment: Environment): (rows: number) => void {
  const told = speaker(environment);
  let next = ROWS_OF_A_SIGN;
  return (rows) => {
    if (rows < next) return;
    next = rows + ROWS_OF_A_SIGN;
    process.stderr.write(`${told(say('{rows}行を読みました。', { rows }))}\n`);
  };
}
