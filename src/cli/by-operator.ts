import { userInfo } from 'node:os';
import { EntityManager } from '@mikro-orm/postgresql';
import type { INestApplicationContext } from '@nestjs/common';
import type { DeskAct } from '../admin-enrollment/desk-act.js';
import { Operators } from '../desk/people/operators.js';
import { withSecondWordTime } from '../identity/second-words.js';
import type { Environment } from '../read-config.js';
import { say, type Sentence } from '../web/sentence.js';
import { refused, type CommandResult } from './command-result.js';
import type { OperatorOption } from './decision-options.js';
import { withApp } from './with-app.js';

/**
 * Runs a command in the name of whoever of the desk gives it: of the user of this machine where nobody
 * was named.
 */
export function byOperator(
  environment: Environment,
  { operator: typed, reason: why = '' }: OperatorOption & { reason?: string },
  work: (app: INestApplicationContext, by: DeskAct) => Promise<CommandResult>,
): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    if (typed === undefined)
      return work(app, { operator: userInfo().username, isNamed: false, why });
    const operator = await app.get(Operators).nameOf(typed);
    if (operator !== undefined) return work(app, { operator, why });
    return refused(
      say(
        '{operator}：この名前でログインの設定を済ませたオペレーターはいません（「genkan create-operator」で登録します）。',
        { operator: typed },
      ),
    );
  });
}

/** With the time from which on the operator's word can be the second of two, as far as the sentence says it. */
export async function refusalFor(
  app: INestApplicationContext,
  { operator }: DeskAct,
  sentence: Sentence,
): Promise<Sentence> {
  const { time } = (await withSecondWordTime(app.get(EntityManager), operator, sentence)).values!;
  return { ...sentence, values: { time: time instanceof Date ? time.toISOString() : time! } };
}
