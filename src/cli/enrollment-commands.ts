import type { Command } from 'commander';
import type { Telling } from './command-result.js';
import { byOf, withDecision, type DecisionOptions } from './decision-options.js';
import { kana, line, mailAddress } from './typed-arguments.js';

type Environment = Record<string, string | undefined>;

const CASE = 'the case number, e.g. K7M2-9QXA';

/** `genkan enrollment`: every case can be ended by one of its commands. */
export function addEnrollment(program: Command, environment: Environment, telling: Telling): void {
  const enrollment = program
    .command('enrollment')
    .description('registrations and successions, and the objections to them');
  enrollment
    .command('list')
    .description('the cases that run, those that were objected to first')
    .action(telling(async () => (await reports()).listEnrollments(environment)));
  enrollment
    .command('show')
    .description('what both sides did and say, and whom the mails reached')
    .argument('<case>', CASE)
    .action(telling(async (typed: string) => (await reports()).showEnrollment(environment, typed)));
  for (const act of ['uphold', 'dismiss'] as const)
    withDecision(enrollment.command(act))
      .description(
        act === 'uphold'
          ? 'the newcomer stays; often two people of the desk say so'
          : 'the newcomer goes',
      )
      .argument('<case>', CASE)
      .action(
        telling(async (typed: string, given: DecisionOptions) =>
          (await load()).decideEnrollment(environment, typed, act, byOf(given)),
        ),
      );
  addGiving(enrollment, environment, telling);
}

function reports() {
  return import('./enrollment-reports.js');
}

function load() {
  return import('./enrollment.js');
}

/** Two people of the desk, by two commands. */
function addGiving(enrollment: Command, environment: Environment, telling: Telling): void {
  withDecision(enrollment.command('give'))
    .description('the company is given to a named person, once somebody else of the desk confirms')
    .argument('<case>', CASE)
    .requiredOption('--name <name>', 'of the person', line)
    .requiredOption('--kana <kana>', 'the name in kana', kana)
    .requiredOption('--email <address>', 'a mailbox that only this person reads', mailAddress)
    .action(
      telling(
        async (
          typed: string,
          given: DecisionOptions & { name: string; kana: string; email: string },
        ) => {
          const { name, kana: nameKana, email } = given;
          const person = { name, nameKana, email };
          return (await load()).giveEnrollment(environment, typed, person, byOf(given));
        },
      ),
    );
  withDecision(enrollment.command('confirm'))
    .description('the second person of the desk: the named person gets the activation mail')
    .argument('<case>', CASE)
    .requiredOption('--email <address>', 'of the person whom you confirm', mailAddress)
    .action(
      telling(async (typed: string, given: DecisionOptions & { email: string }) =>
        (await load()).confirmEnrollment(environment, typed, given.email, byOf(given)),
      ),
    );
}
