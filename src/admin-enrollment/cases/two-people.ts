import type { EntityManager } from '@mikro-orm/postgresql';
import { approvedAdministrators } from '../../corporations/hold-corporation.js';
import { after, databaseNow } from '../../database/clock.js';
import { isSameOperator } from '../../identity/operator-name.js';
import { missingWord, type SecondWordRefusal } from '../../identity/second-words.js';
import { Appointment } from '../appointment.entity.js';
import type { Enrollment } from '../enrollment.entity.js';
import { Witness } from '../witness.entity.js';

/** So long somebody has to object before one person of the desk may let a newcomer stay. */
const UNDISPUTED = { hours: 24 };

const FIRST = { uphold: 'upheldBy', dismiss: 'dismissedBy' } as const;

export type DeskDecision = keyof typeof FIRST;
const DECISIONS = ['uphold', 'dismiss'] as const;

type MissingPerson = 'second-person-needed' | SecondWordRefusal;

/**
 * A decision that gives the company away takes two people of the desk. The first one is noted.
 * @returns what is missing; undefined when the decision stands
 */
export async function missingPerson(
  em: EntityManager,
  enrollment: Enrollment,
  decision: DeskDecision,
  operator: string,
): Promise<MissingPerson | undefined> {
  takeBackOtherWord(enrollment, decision, operator);
  if (!(await givesAway(em, enrollment, decision))) return undefined;
  const missing = await missingWord(em, enrollment[FIRST[decision]], operator);
  if (missing === 'second-person-needed') enrollment[FIRST[decision]] = operator;
  return missing;
}

/** Who spoke first, for each decision. */
export function saidFirst({ upheldBy, dismissedBy }: Enrollment) {
  return { uphold: upheldBy ?? null, dismiss: dismissedBy ?? null };
}

/** @param before as they were before somebody else spoke, or said the contrary */
export function isFirstWordGone(before: ReturnType<typeof saidFirst>, now: Enrollment): boolean {
  const left = saidFirst(now);
  return DECISIONS.some((each) => before[each] !== null && before[each] !== left[each]);
}

/** The decision stands, and somebody's first word was another one. @param named whom the desk had named */
export function isOverruled(
  before: ReturnType<typeof saidFirst>,
  decision: DeskDecision,
  named: Appointment | undefined,
): boolean {
  const other = decision === 'uphold' ? before.dismiss : before.uphold;
  const isWaiting = named !== undefined && (!named.confirmedAt || named.takenBackBy != null);
  return other !== null || isWaiting;
}

/** Nobody stands by two words that contradict each other. */
function takeBackOtherWord(enrollment: Enrollment, decision: DeskDecision, operator: string): void {
  const other = decision === 'uphold' ? FIRST.dismiss : FIRST.uphold;
  const former = enrollment[other];
  if (former && isSameOperator(former, operator)) enrollment[other] = null;
}

/** The same for somebody whom two of the desk named, and whom a new name would take back. */
export async function missingForAnother(
  em: EntityManager,
  appointment: Appointment | null,
  operator: string,
): Promise<MissingPerson | undefined> {
  if (!appointment?.confirmedAt) return undefined;
  const missing = await missingWord(em, appointment.takenBackBy, operator);
  if (missing === 'second-person-needed') appointment.takenBackBy = operator;
  return missing;
}

/** Where nobody proved the mailbox, nothing is taken from anybody. */
export function dismissalTakesTwo(
  { namedPerson, isMailboxProved }: Enrollment,
  isObjected: boolean,
): boolean {
  return namedPerson != null || (isMailboxProved && !isObjected);
}

/**
 * A newcomer is sent away without any witness who objected, or with a person whom two of the desk
 * named; or stays, though somebody objected or
 * still could in time, nobody was told and left alone, or nobody else administers the company.
 */
async function givesAway(
  em: EntityManager,
  enrollment: Enrollment,
  decision: DeskDecision,
): Promise<boolean> {
  const { id, account, corporation, startedAt, activatedAt, isAtDesk } = enrollment;
  const populate = ['account', 'delivery'] as const;
  const witnesses = await em.find(Witness, { enrollment: id }, { populate, refresh: true });
  const isObjected = witnesses.some(({ hasObjected }) => hasObjected);
  if (decision === 'dismiss') return dismissalTakesTwo(enrollment, isObjected);
  const isEarly = after(activatedAt ?? startedAt, UNDISPUTED) > (await databaseNow(em));
  if (isAtDesk || isEarly || isObjected || !witnesses.some(isToldAndLeftAlone)) return true;
  const approved = await approvedAdministrators(em, corporation!.id);
  return approved.every((other) => other === account!.id);
}

function isToldAndLeftAlone({ account, delivery }: Witness): boolean {
  return delivery?.state === 'handed-over' && (account?.state ?? 'active') === 'active';
}
