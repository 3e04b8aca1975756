import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database/clock.js';
import type { Sentence } from '../web/sentence.js';
import { isSameMailbox } from './same-mailbox.js';
import { isSameOperator } from './operator-name.js';
import { Operator } from './operator.entity.js';

export type SecondWordRefusal = 'same-operator' | 'operator-bound' | 'operator-new';

/**
 * The only place where two of the desk are counted. One person could add a colleague and be both, so
 * neither of two has added, reset or made lead the other, and the second one is there for a day.
 * Whoever reads one mailbox is one person: it resets either sign-in.
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
  if (one && other && isSameMailbox(one.email, other.email)) return 'same-operator';
  if (areBound(one, first, other, operator)) return 'operator-bound';
  const from = other?.secondWordFrom;
  return from && from > (await databaseNow(em)) ? 'operator-new' : undefined;
}

/**
 * The same for a decision whose first word can be said anew: where nobody of the desk could join it,
 * but somebody could join `operator`, the word of `operator` takes its place. Otherwise a lead who
 * added everybody would block each case by speaking first.
 * @returns 'second-person-needed' where the word of `operator` is the first one from now on
 */
export async function missingWord(
  em: EntityManager,
  first: string | null | undefined,
  operator: string,
): ReturnType<typeof missingSecondWord> {
  const missing = await missingSecondWord(em, first, operator);
  if (missing !== 'operator-bound' || (await canBeJoined(em, first!))) return missing;
  return (await canBeJoined(em, operator)) ? 'second-person-needed' : missing;
}

/** Somebody of the desk can be the second one, now or when a day is over. */
async function canBeJoined(em: EntityManager, operator: string): Promise<boolean> {
  const everybody = await em.find(Operator, { endedAt: null }, { refresh: true });
  const own = everybody.find(({ name }) => isSameOperator(name, operator));
  return everybody.some(
    (one) =>
      one !== own &&
      one.isReady &&
      !(own && isSameMailbox(one.email, own.email)) &&
      !areBound(one, one.name, own, operator),
  );
}

/** The sentence to somebody whose word is no second one yet, with the time from which on it can be. */
export async function withSecondWordTime(
  em: EntityManager,
  operator: string,
  sentence: Sentence,
): Promise<Sentence> {
  return { ...sentence, values: { time: (await find(em, operator))?.secondWordFrom ?? '' } };
}

function areBound(
  one: Operator | undefined,
  name: string,
  other: Operator | undefined,
  othersName: string,
): boolean {
  return one?.wasLetInBy(othersName) || other?.wasLetInBy(name) || false;
}

async function find(em: EntityManager, name: string): Promise<Operator | undefined> {
  const operators = await em.find(Operator, {}, { refresh: true });
  return operators.find((one) => isSameOperator(one.name, name));
}
