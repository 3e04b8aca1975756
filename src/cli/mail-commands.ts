import { Option, type Command } from 'commander';
import type { Telling } from './command-result.js';
import { withOperator } from './decision-options.js';
import { mailAddress, moment } from './typed-arguments.js';

/** `genkan mail …`: what becomes of mails. */
export function addMail(program: Command, telling: Telling): void {
  const mail = program.command('mail').description('the mail server and what waits for it');
  withOperator(mail.command('find'))
    .description('what became of the mails to an address')
    .argument('<address>', 'as it was given', mailAddress)
    .action(telling(async () => (await import('./desk-reports.js')).findMails));
  mail
    .command('test')
    .description('send a mail and print what the mail server says')
    .argument('<address>', 'whom to send it to', mailAddress)
    .action(telling(async () => (await import('./mail-test.js')).testMail));
  mail
    .command('retry')
    .description('try every mail that waits for its next try now')
    .option('--bounced', 'instead, those that were refused, for as long as their content is kept')
    .addOption(
      new Option('--since <time>', 'only those refused since then, e.g. 2026-11-27T09:00+09:00')
        .argParser(moment)
        .implies({ bounced: true }),
    )
    .action(telling(async () => (await import('./mail-retry.js')).retryMails));
  mail
    .command('bounce')
    .description('read a mail that came back on stdin; for the pipe of a mail server')
    .option('--recipient <address>', 'the return path that it came to; by default from its headers')
    .action(telling(async () => (await import('./mail-bounce.js')).takeBounce(process.stdin)));
}
