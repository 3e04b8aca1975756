import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { InvoiceImport } from '../corporations/invoices/invoice-import.js';
import { invoiceReportLines } from '../corporations/invoices/invoice-report.js';
import { MasterDataImport } from '../corporations/master-data-import.js';
import { problemLines, reportLines } from '../corporations/master-data-report.js';
import type { Environment } from '../read-config.js';
import { say } from '../web/sentence.js';
import { done, refused, speaker, type CommandResult } from './command-result.js';
import { withApp } from './with-app.js';

interface ImportOptions {
  dryRun?: boolean;
}

const NOTHING_CHANGED = say('何も変更していません。');
const ROWS_OF_A_SIGN = 10_000;

/** `genkan import-corporations`: the master data of a file, all of it or nothing. */
export function importCorporations(
  environment: Environment,
  file: string,
  { dryRun = false }: ImportOptions,
): Promise<CommandResult> {
  return withFile(environment, file, async (app) => {
    const imported = await app.get(MasterDataImport).run(() => createReadStream(file), { dryRun });
    return imported.ok
      ? done(...reportLines(imported.report))
      : refused(...problemLines(imported.problems), NOTHING_CHANGED);
  });
}

/** `genkan import-invoices`: the invoices of a file, all of it or nothing. */
export function importInvoices(
  environment: Environment,
  file: string,
  { dryRun = false }: ImportOptions,
): Promise<CommandResult> {
  return withFile(environment, file, async (app) => {
    const given = { dryRun, onProgress: signsOfLife(environment) };
    const imported = await app.get(InvoiceImport).run(() => createReadStream(file), given);
    return imported.ok
      ? done(...invoiceReportLines(imported.report))
      : refused(...problemLines(imported.problems), NOTHING_CHANGED);
  });
}

async function withFile(
  environment: Environment,
  file: string,
  work: (app: INestApplicationContext) => Promise<CommandResult>,
): Promise<CommandResult> {
  const fault = await faultOf(file);
  if (!fault) return withApp(environment, work);
  return refused(say('{file} を読めません（{code}）。', { file, code: fault.code ?? '-' }));
}

/** Why a file cannot be read, if so. */
async function faultOf(file: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    const opened = await open(file);
    await opened.read({ buffer: Buffer.alloc(1) }).finally(() => opened.close());
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
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
