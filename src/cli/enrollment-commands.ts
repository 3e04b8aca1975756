import type { Command } from 'commander';
import type { Telling } from './command-result.js';
import { kana, line, mailAddress } from './typed-arguments.js';

type Environment = Record<string, string | undefined>;

interface Operator {
  operator: string;
  reason: string;
}

const CASE = 'the case number, e.g. K7M2-9QXA';

/** `genkan enrollment`: every case can be ended by one of its commands. */
export function addEnrollment(program: Command, environment: Environment, telling: Telling): void {
  const enrollment = program
    .command('enrollment')
    .description('registrations and successions, and the objections to them');
  enrollment
    .command('list')
    .description('the cases that run, those that were objected to first')
    .action(telling(async () => (await load()).listEnrollments(environment)));
  enrollment
    .command('show')
    .description('what both sides did and say, and whom the mails reached')
    .argument('<case>', CASE)
    .action(telling(async (typed: string) => (await load()).showEnrollment(environment, typed)));
  for (const act of ['uphold', 'dismiss'] as const)
    enrollment
      .command(act)
      .description(act === 'uphold' ? 'the newcomer stays' : 'the newcomer goes')
      .argument('<case>', CASE)
      .option('--operator <name>', 'who of the desk decides, for the log', line)
      .option('--reason <text>', 'why, for the log', line)
      .action(
        telling(async (typed: string, { operator, reason }: Partial<Operator>) =>
          (await load()).decideEnrollment(environment, typed, act === 'uphold', {
            ...(operator && { operator }),
            ...(reason && { why: reason }),
          }),
        ),
      );
  addGiving(enrollment, environment, telling);
}

function load() {
  return import('./enrollment.js');
}

/** Two people of the desk, by two commands. */
function addGiving(enrollment: Command, environment: Environment, telling: Telling): void {
  enrollment
    .command('give')
    .description('the company is given to a named person, once somebody else of the desk confirms')
    .argument('<case>', CASE)
    .requiredOption('--name <name>', 'of the person', line)
    .requiredOption('--kana <kana>', 'the name in kana', kana)
    .requiredOption('--email <address>', 'a mailbox that only this person reads', mailAddress)
    .requiredOption('--operator <name>', 'who of the desk names the person', line)
    .requiredOption('--reason <text>', 'why, for the log', line)
    .action(
      telling(
        async (typed: string, given: Operator & { name: string; kana: string; email: string }) => {
          const { name, kana: nameKana, email, operator, reason } = given;
          const by = { operator, why: reason };
          return (await load()).giveEnrollment(environment, typed, { name, nameKana, email }, by);
        },
      ),
    );
  enrollment
    .command('confirm')
    .description('the second person of the desk: the named person gets the activation mail')
    .argument('<case>', CASE)
    .requiredOption('--operator <name>', 'who of the desk confirms', line)
    .option('--reason <text>', 'why, for the log', line, 'confirmed')
    .action(
      telling(async (typed: string, { operator, reason }: Operator) =>
        (await load()).confirmEnrollment(environment, typed, { operator, why: reason }),
      ),
    );
}
