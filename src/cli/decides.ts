import type { INestApplicationContext } from '@nestjs/common';
import type { DeskAct } from '../admin-enrollment/desk-act.js';
import { Operators } from '../desk/operators.js';
import { refused, type CommandResult } from './command-result.js';
import { withApp } from './with-app.js';

type Environment = Record<string, string | undefined>;

/** Runs a decision by somebody of the desk, under the name by which the desk knows the person. */
export function decides(
  environment: Environment,
  by: DeskAct,
  work: (app: INestApplicationContext, by: DeskAct) => Promise<CommandResult>,
): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const operator = await app.get(Operators).nameOf(by.operator);
    if (operator === undefined)
      return refused(`${by.operator}: nobody of the desk has this name ("create-operator").`);
    return work(app, { ...by, operator });
  });
}
