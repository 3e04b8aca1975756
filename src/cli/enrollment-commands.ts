import type { Command } from 'commander';
import type { Telling } from './command-result.js';
import { withDecision } from './decision-options.js';
import { caseNumber, kana, line, mailAddress } from './typed-arguments.js';

const CASE = 'the case number, e.g. K7M2-9QXA';

/** `genkan enrollment`: every case can be ended by one of its commands. */
export function addEnrollment(program: Command, telling: Telling): void {
  const enrollment = program
    .command('enrollment')
    .description('registrations and successions, and the objections to them');
  enrollment
    .command('list')
    .description('the cases that run, those that were objected to first')
    .action(telling(async () => (await import('./enrollment-reports.js')).listEnrollments));
  enrollment
    .command('show')
    .description('what both sides did and say, and whom the mails reached')
    .argument('<case>', CASE, caseNumber)
    .action(telling(async () => (await import('./enrollment-reports.js')).showEnrollment));
  for (const act of ['uphold', 'dismiss'] as const)
    withDecision(enrollment.command(act))
      .description(
        act === 'uphold'
          ? 'the newcomer stays; often two people of the desk say so'
          : 'the newcomer goes',
      )
      .argument('<case>', CASE, caseNumber)
      .action(telling(async () => (await import('./enrollment.js')).decideEnrollment(act)));
  addGiving(enrollment, telling);
}

/** Two people of the desk, by two commands. */
function addGiving(enrollment: Command, telling: Telling): void {
  withDecision(enrollment.command('give'))
    .description('the company is given to a named person, once somebody else of the desk confirms')
    .argument('<case>', CASE, caseNumber)
    .requiredOption('--name <name>', 'of the person', line)
    .requiredOption('--kana <kana>', 'the name in kana', kana)
    .requiredOption('--email <address>', 'a mailbox that only this person reads', mailAddress)
    .action(telling(async () => (await import('./enrollment.js')).giveEnrollment));
  withDecision(enrollment.command('confirm'))
    .description('the second person of the desk: the named person gets the activation mail')
    .argument('<case>', CASE, caseNumber)
    .requiredOption('--email <address>', 'of the person whom you confirm', mailAddress)
    .action(telling(async () => (await import('./enrollment.js')).confirmEnrollment));
}
