import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database/clock.js';
import type { Sentence } from '../web/sentence.js';
import { isSameOperator } from './operator-name.js';
import { Operator } from './operator.entity.js';

export type SecondWordRefusal = 'same-operator' | 'operator-bound' | 'operator-new';

/**
 * The only place where two of the desk are counted. One person could add a colleague and be both, so
 * neither of two has added, reset or made lead the other, and the second one is there for a day.
 * Names that the desk does not know are those of the machine's users.
 * @param first who spoke first, if anybody did
 * @returns why the word of `operator` is no second one; undefined where it is
 */
export async function missingSecondWord(
  em: EntityManager,
  first: string | null | undefined,
  operator: string,
): Promise<'second-person-needed' | SecondWordRefusal | undefined> {
  if (!first) return 'second-person-needed';
  if (isSameOperator(first, operator)) return 'same-operator';
  const [one, other] = [await find(em, first), await find(em, operator)];
  if (one?.wasLetInBy(operator) || other?.wasLetInBy(first)) return 'operator-bound';
  const from = other?.secondWordFrom;
  return from && from > (await databaseNow(em)) ? 'operator-new' : undefined;
}

/** The sentence to somebody whose word is no second one yet, with the time from which on it can be. */
export async function withSecondWordTime(
  em: EntityManager,
  operator: string,
  sentence: Sentence,
): Promise<Sentence> {
  return { ...sentence, values: { time: (await find(em, operator))?.secondWordFrom ?? '' } };
}

async function find(em: EntityManager, name: string): Promise<Operator | undefined> {
  const operators = await em.find(Operator, {}, { refresh: true });
  return operators.find((one) => isSameOperator(one.name, name));
}
