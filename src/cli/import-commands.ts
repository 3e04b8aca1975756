import type { Command } from 'commander';
import type { Telling } from './command-result.js';

/** The operator's files: companies, and what was invoiced to them. */
export function addImports(
  program: Command,
  environment: Record<string, string | undefined>,
  telling: Telling,
): void {
  importOf(program, 'import-corporations')
    .description('bring the companies and their transfer accounts to what a CSV file says')
    .action(
      telling(async (file: string, { dryRun = false }: { dryRun?: boolean }) =>
        (await import('./import-corporations.js')).importCorporations(environment, file, dryRun),
      ),
    );
  importOf(program, 'import-invoices')
    .description('keep the two last invoices of each company in a CSV file, as digests')
    .action(
      telling(async (file: string, { dryRun = false }: { dryRun?: boolean }) =>
        (await import('./import-invoices.js')).importInvoices(environment, file, dryRun),
      ),
    );
}

function importOf(program: Command, name: string): Command {
  return program
    .command(name)
    .argument('<file>', 'UTF-8 or Shift_JIS, with a header line')
    .option('--dry-run', 'report what would change, and change nothing');
}
