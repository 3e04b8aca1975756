import { Option, type Command } from 'commander';
import type { ExportOrder } from './audit-export.js';
import type { Telling } from './command-result.js';
import { withOperator } from './decision-options.js';
import { companyNumber, moment } from './typed-arguments.js';

/** `genkan audit`: the log of what people did. */
export function addAudit(program: Command, telling: Telling): void {
  const audit = program.command('audit').description('the log of what people did');
  withOperator(audit.command('export'))
    .description('write the log to stdout, the oldest rows first')
    .option('--corporation <number>', 'of one company only', companyNumber)
    .option('--since <time>', 'from this day in Japan or moment on', moment)
    .option('--until <time>', 'before this day in Japan or moment', moment)
    .option('--words', 'also tell in words who did what, and how it ended')
    .addOption(new Option('--format <format>').choices(['ndjson', 'csv']).default('ndjson'))
    .hook('preAction', (_, command) => {
      const { since, until } = command.opts<ExportOrder>();
      if (since && until && since >= until)
        command.error('error: --until must be after --since', { exitCode: 2 });
    })
    .action(telling(async () => (await import('./audit-export.js')).exportAudit));
  audit
    .command('verify')
    .description('compare the log with its seals, and tell what changed since')
    .action(telling(async () => (await import('./audit-verify.js')).verifyAudit));
}
