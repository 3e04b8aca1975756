import type { Command } from 'commander';
import type { Telling } from './command-result.js';

/** The operator's files: companies, and what was invoiced to them. */
export function addImports(program: Command, telling: Telling): void {
  importOf(program, 'import-corporations')
    .description('bring the companies and their transfer accounts to what a CSV file says')
    .action(telling(async () => (await import('./import-files.js')).importCorporations));
  importOf(program, 'import-invoices')
    .description('keep the two last invoices of each company in a CSV file, as digests')
    .action(telling(async () => (await import('./import-files.js')).importInvoices));
}

function importOf(program: Command, name: string): Command {
  return program
    .command(name)
    .argument('<file>', 'UTF-8 or Shift_JIS, with a header line')
    .option('--dry-run', 'report what would change, and change nothing');
}
