import { Option, type Command } from 'commander';
import type { Telling } from './command-result.js';
import { withOperator } from './decision-options.js';
import { mailAddress, moment } from './typed-arguments.js';

type Environment = Record<string, string | undefined>;

/** `genkan mail …`: what becomes of mails. */
export function addMail(program: Command, environment: Environment, telling: Telling): void {
  const mail = program.command('mail').description('the mail server and what waits for it');
  addMailSearch(mail, environment, telling);
  mail
    .command('test')
    .description('send a mail and print what the mail server says')
    .argument('<address>', 'whom to send it to', mailAddress)
    .action(
      telling(async (address: string) =>
        (await import('./mail-test.js')).testMail(environment, address),
      ),
    );
  mail
    .command('retry')
    .description('try every mail that waits for its next try now')
    .option('--bounced', 'instead, those that were refused, for as long as their content is kept')
    .addOption(
      new Option('--since <time>', 'only those refused since then, e.g. 2026-11-27T09:00+09:00')
        .argParser(moment)
        .implies({ bounced: true }),
    )
    .action(
      telling(async (options: { bounced?: true; since?: Date }) =>
        (await import('./mail-retry.js')).retryMails(environment, options),
      ),
    );
  mail
    .command('bounce')
    .description('read a mail that came back on stdin; for the pipe of a mail server')
    .option('--recipient <address>', 'the return path that it came to; by default from its headers')
    .action(
      telling(async (options: { recipient?: string }) =>
        (await import('./mail-bounce.js')).takeBounce(environment, options, process.stdin),
      ),
    );
}

function addMailSearch(mail: Command, environment: Environment, telling: Telling): void {
  withOperator(mail.command('find'))
    .description('what became of the mails to an address')
    .argument('<address>', 'as it was given', mailAddress)
    .action(
      telling(async (address: string, given: { operator?: string }) =>
        (await import('./desk-reports.js')).findMails(environment, address, given),
      ),
    );
}
