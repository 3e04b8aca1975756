import type { Command } from 'commander';
import type { Telling } from './command-result.js';
import { withAct, withDecision, withOperator } from './decision-options.js';
import type { AccountCommand } from './desk-acts.js';
import { companyNumber, line } from './typed-arguments.js';

const ACCOUNT_ACTS: Record<AccountCommand, string> = {
  'end-waits': 'end the waits after wrong passwords and codes',
  release: 'end a suspension, and the waits after wrong passwords and codes',
  freeze: 'suspend an account and end its sessions',
  'end-sessions': 'end all sign-ins on all devices',
  erase: 'delete an account and take name and addresses out of it, for ever',
};

/** What the desk does to companies and people: `corporation`, `account`. */
export function addDesk(program: Command, telling: Telling): void {
  const corporation = program.command('corporation').description('customer companies');
  for (const act of ['close', 'open'] as const)
    withAct(corporation.command(act))
      .description(act === 'close' ? 'nobody of the company signs in' : 'its people sign in again')
      .argument('<number>', "the company's number on its invoices", companyNumber)
      .action(telling(async () => (await import('./desk-acts.js')).changeCorporation(act)));
  addAccount(program, telling);
}

function addAccount(program: Command, telling: Telling): void {
  const account = program.command('account').description("one person's account");
  withOperator(account.command('show'))
    .description('state, waits, sign-ins, last mails and last outcomes')
    .argument('<login-id>', "the person's login ID", line)
    .action(telling(async () => (await import('./desk-reports.js')).showAccount));
  withDecision(account.command('remove-factor'))
    .description('begin the removal of a lost second factor, once a second person says the same')
    .argument('<login-id>', "the person's login ID", line)
    .action(telling(async () => (await import('./remove-factor.js')).removeFactor));
  const freeze = account
    .command('freeze')
    .option('--leaves-no-administrator', 'also where no administrator from before is left');
  for (const [act, description] of Object.entries(ACCOUNT_ACTS) as [AccountCommand, string][])
    withAct(act === 'freeze' ? freeze : account.command(act))
      .description(description)
      .argument('<login-id>', "the person's login ID", line)
      .action(telling(async () => (await import('./desk-acts.js')).actOnAccount(act)));
}
