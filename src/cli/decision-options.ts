import type { Command } from 'commander';
import { operatorName, reasonText } from './typed-arguments.js';

export interface DecisionOptions {
  operator: string;
  reason: string;
}

/** An act that one person of the desk may do: why, and by whom, where somebody was named. */
export type ActOptions = Pick<DecisionOptions, 'reason'> & Partial<DecisionOptions>;

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

export function byOf({ operator, reason }: DecisionOptions): { operator: string; why: string } {
  return { operator, why: reason };
}

export function withAct(command: Command): Command {
  return withOperator(command).requiredOption(
    '--reason <text>',
    'why: for the log, and told to whom it concerns',
    reasonText,
  );
}
