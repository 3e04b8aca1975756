import { Option, type Command } from 'commander';
import type { Telling } from './command-result.js';
import { withAct, withOperator } from './decision-options.js';
import type { OperatorCommand } from './operator-acts.js';
import { line, mailAddress, newLoginId, newOperatorName } from './typed-arguments.js';

const ACTS: Record<OperatorCommand, string> = {
  reset: 'void password and second factor, and mail a link that sets both',
  end: 'nobody signs in with it any more',
};

/** The people of the desk: `create-operator`, `operator`. */
export function addOperators(program: Command, telling: Telling): void {
  withOperator(program.command('create-operator'))
    .description('add a person of the desk; mails a link that sets password and second factor')
    .argument('<login-id>', 'to sign in with at the desk', newLoginId)
    .requiredOption('--name <name>', 'of the person, who decides under it', newOperatorName)
    .requiredOption('--email <address>', "the person's own mailbox", mailAddress)
    .addOption(
      new Option('--role <role>', 'a lead looks after the people of the desk')
        .choices(['clerk', 'lead'])
        .default('clerk'),
    )
    .action(telling(async () => (await import('./operator-acts.js')).createOperator));
  const operator = program.command('operator').description('one person of the desk');
  for (const [act, description] of Object.entries(ACTS) as [OperatorCommand, string][])
    withAct(operator.command(act))
      .description(description)
      .argument('<login-id>', "the person's login ID at the desk", line)
      .action(telling(async () => (await import('./operator-acts.js')).actOnOperator(act)));
}
