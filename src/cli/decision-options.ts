import type { Command } from 'commander';
import { operatorName, reasonText } from './typed-arguments.js';

export interface OperatorOption {
  operator?: string;
}

/** Why, and by whom, where somebody was named. */
export type ActOptions = OperatorOption & { reason: string };

export type FreezeOptions = ActOptions & { leavesNoAdministrator?: true };

/** Who of the desk decides, and why: nothing is decided without either. */
export function withDecision(command: Command): Command {
  return command
    .requiredOption('--operator <name>', 'who of the desk decides', operatorName)
    .requiredOption('--reason <text>', 'why, for the log', reasonText);
}

/** Without the option it is the user of this machine. */
export function withOperator(command: Command): Command {
  return command.option(
    '--operator <name>',
    'who of the desk does it, for the log (default: your name on this machine)',
    operatorName,
  );
}

export function withAct(command: Command): Command {
  return withOperator(command).requiredOption(
    '--reason <text>',
    'why: for the log, and told to whom it concerns',
    reasonText,
  );
}
