import { userInfo } from 'node:os';
import { EntityManager } from '@mikro-orm/postgresql';
import type { INestApplicationContext } from '@nestjs/common';
import { Operators } from '../desk/people/operators.js';
import { withSecondWordTime } from '../identity/second-words.js';
import { say, type Sentence } from '../web/sentence.js';
import { refused, type CommandResult } from './command-result.js';
import { withApp } from './with-app.js';

/**
 * Runs a command under the name by which the desk knows who gives it.
 * @param typed undefined where nobody was named: then it is the user of this machine
 */
export function byOperator(
  environment: Record<string, string | undefined>,
  typed: string | undefined,
  work: (
    app: INestApplicationContext,
    operator: string,
    isNamed: boolean,
  ) => Promise<CommandResult>,
): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    if (typed === undefined) return work(app, userInfo().username, false);
    const operator = await app.get(Operators).nameOf(typed);
    if (operator !== undefined) return work(app, operator, true);
    return refused(
      say(
        '{operator}：この名前でログインの設定を済ませたオペレーターはいません（「genkan create-operator」で登録します）。',
        {
          operator: typed,
        },
      ),
    );
  });
}

/** With the time from which on the operator's word can be the second of two, as far as the sentence says it. */
export async function refusalFor(
  app: INestApplicationContext,
  operator: string,
  sentence: Sentence,
): Promise<Sentence> {
  const { time } = (await withSecondWordTime(app.get(EntityManager), operator, sentence)).values!;
  return { ...sentence, values: { time: time instanceof Date ? time.toISOString() : time! } };
}
