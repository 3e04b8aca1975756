import { Command, CommanderError } from 'commander';
import type { Environment } from '../read-config.js';
import { addAudit } from './audit-commands.js';
import { refused, speaker, type CommandResult, type Telling } from './command-result.js';
import { withDecision, withOperator } from './decision-options.js';
import { addDesk } from './desk-commands.js';
import { addOperators } from './operator-commands.js';
import { addEnrollment } from './enrollment-commands.js';
import { addImports } from './import-commands.js';
import { addMail } from './mail-commands.js';
import { everythingPrinted, OutputFailure, print } from './output.js';
import { caseNumber, line, suspensionHours } from './typed-arguments.js';
import { speakUsage } from './usage-words.js';
import { terminalLanguage } from '../web/texts.js';

const DONE = 0;
const REFUSED = 1;
const WRONG_USAGE = 2;

/**
 * Runs one of the operators' commands.
 * @param words the command line after the program's name
 * @returns the exit code: 0 done, 1 refused with the reason on stderr, 2 wrong usage
 */
export async function runCommand(words: string[], environment: Environment): Promise<number> {
  let exitCode = DONE;
  const speak = speaker(environment);
  const telling: Telling =
    (load) =>
    async (...typed) => {
      const told = await load()
        .then((act) => act(environment, ...typed))
        .catch(because);
      const write = told.done ? print : writeError;
      for (const line of told.lines) void write(`${speak(line)}\n`);
      exitCode = told.exitCode ?? (told.done ? DONE : REFUSED);
    };
  const program = commands(environment, telling);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    exitCode = error.exitCode === 0 ? DONE : WRONG_USAGE;
  }
  const failure = await outputFailure();
  if (failure) writeError(`${speak(failure.sentence)}\n`);
  return failure ? REFUSED : exitCode;
}

async function outputFailure(): Promise<OutputFailure | undefined> {
  try {
    await everythingPrinted();
    return undefined;
  } catch (error) {
    if (error instanceof OutputFailure) return error;
    throw error;
  }
}

function writeError(text: string): void {
  process.stderr.write(text);
}

async function because(error: unknown): Promise<CommandResult> {
  // Told at the end, for whatever part of the command printed it.
  if (error instanceof OutputFailure) return refused();
  const { reasonsOf } = await import('../server/reasons-of.js');
  return refused(...reasonsOf(error));
}

/** Each command loads the application only when it runs, so that usage is told at once. */
export function commands(environment: Environment, telling: Telling): Command {
  // Settings before the first command hold for all commands.
  const program = new Command('genkan').exitOverride().showHelpAfterError();
  program.configureOutput({ writeOut: (text) => void print(text) });
  speakUsage(program, terminalLanguage(environment));
  program.description("The operators' commands of Genkan. Settings come from the environment.");
  program
    .command('migrate')
    .description('bring the database up to this version')
    .action(telling(async () => (await import('./migrate-database.js')).bringUpToDate));
  addImports(program, telling);
  addMail(program, telling);
  addReview(program, telling);
  addEnrollment(program, telling);
  addAudit(program, telling);
  addDesk(program, telling);
  addOperators(program, telling);
  withOperator(program.command('suspend-ip-restriction'))
    .description('let the people of a company in from anywhere, for some hours')
    .argument('<number>', "the company's number on its invoices")
    .requiredOption('--hours <n>', 'after which it ends by itself, 1 to 72', suspensionHours)
    .requiredOption('--reason <text>', "told to all of the company's administrators", line)
    .action(
      telling(async () => (await import('./suspend-ip-restriction.js')).suspendIpRestriction),
    );
  withOperator(program.command('resume-ip-restriction'))
    .description('end that before its time')
    .argument('<number>', "the company's number on its invoices")
    .requiredOption('--reason <text>', "told to all of the company's administrators", line)
    .action(telling(async () => (await import('./suspend-ip-restriction.js')).resumeIpRestriction));
  program
    .command('rotate-key')
    .description('bring what the former key sealed to the new one, and say what waits')
    .action(telling(async () => (await import('./rotate-key.js')).rotateKey));
  program
    .command('doctor')
    .description('look at configuration, database, mail, proxy, secrets and jobs')
    .action(telling(async () => (await import('./doctor.js')).doctor));
  return program;
}

function addReview(program: Command, telling: Telling): void {
  const review = program.command('review').description('applications that the desk decides');
  review
    .command('list')
    .description('the applications that wait, the oldest first')
    .option('--all', 'also floods of one network or mail domain whose numbers match no company')
    .action(telling(async () => (await import('./review.js')).listReviews));
  for (const act of ['grant', 'refuse'] as const)
    withDecision(review.command(act))
      .description(
        act === 'grant'
          ? 'let the applicant register: the activation mail goes out'
          : 'close the case; the applicant gets a mail',
      )
      .argument('<case>', 'the case number, e.g. K7M2-9QXA', caseNumber)
      .action(telling(async () => (await import('./review.js')).decideReview(act)));
}
