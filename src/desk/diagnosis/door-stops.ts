import type { Reason } from '../../audit/reasons.js';
import { ownerRefusal, refusalBefore } from '../../auth/sign-in/admission.js';
import type { Candidate } from '../../auth/sign-in/candidates.js';
import type { DoorFacts } from './door-facts.js';

/** What would keep the person out, as the log would name it. */
export type Stop = Extract<
  Reason,
  | 'address-exhausted'
  | 'waiting'
  | 'registration-unfinished'
  | 'corporation-closed'
  | 'case-held'
  | 'account-suspended'
  | 'account-deleted'
  | 'address-refused'
  | 'second-factor-needed'
  | 'second-factor-missing'
>;

/** The door names one cause. To hear of the next one, it is asked as if those before were gone. */
const AS_IF_GONE: Partial<Candidate>[] = [
  {},
  { state: 'active', held: false },
  { corporationIsActive: true },
  { state: 'active', held: false, corporationIsActive: true },
];

/**
 * All that stops the person, decided by the door's own functions for somebody who gives the right
 * password in a new browser, or in a known one that waits. What lasts comes first: a wait that is
 * over in seconds helps nobody whose account is stopped. A second factor counts as given where
 * nobody failed to give it, and while the state or the address was in the way last.
 */
export function stopsOf(facts: DoorFacts): Stop[] {
  const lasting = ownerRefusalsOf(facts);
  const wait = waitOf(facts);
  return [...lasting, ...(wait ? [wait] : []), ...factorStopsOf(facts, lasting.length === 0)];
}

function waitOf({ attempt, waitsUntil }: DoorFacts): Stop | undefined {
  return refusalBefore(attempt, true) ?? (waitsUntil && 'waiting');
}

function ownerRefusalsOf({ attempt, from }: DoorFacts): Stop[] {
  const found = AS_IF_GONE.map((gone) => {
    const account = { ...attempt.account, ...gone };
    return ownerRefusal(account, { anywhere: from === undefined })?.reason;
  });
  return [...new Set(found.filter((reason) => reason !== undefined))];
}

function factorStopsOf(facts: DoorFacts, isAlone: boolean): Stop[] {
  const { account, factorDueAt, factorWaitsUntil, removal, isLeftAtFactor, now } = facts;
  const isSeen = isAlone || isLeftAtFactor || factorWaitsUntil || removal?.endsAt;
  if (isSeen && isStuckAtFactor(facts)) return ['second-factor-needed'];
  const isDue = isAlone && !account.secondFactorSince && factorDueAt && factorDueAt <= now;
  return isDue ? ['second-factor-missing'] : [];
}

/** Everybody with a factor is asked. It keeps out whoever did not sign in since, or waits for it. */
function isStuckAtFactor(facts: DoorFacts): boolean {
  const { attempt, account, factorAskedAt, factorWaitsUntil, removal } = facts;
  if (!attempt.asksFactor) return false;
  if (factorWaitsUntil || removal?.endsAt) return true;
  if (!factorAskedAt) return false;
  return !account.lastSignInAt || account.lastSignInAt < factorAskedAt;
}
