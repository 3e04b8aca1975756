import type { Attempt, Candidate } from './candidates.js';

type Closure = 'corporation-closed' | 'case-held' | 'account-suspended' | 'account-deleted';

/** Told to the owner alone, who gave the right password and, where there is one, the second factor. */
export type RefusedOwner =
  | { ok: false; reason: 'registration-unfinished'; accountId: string }
  | { ok: false; reason: Closure; accountId: string; hasCase: boolean }
  | { ok: false; reason: 'address-refused'; accountId: string };

/** What stands before the comparison of a password. @param isNew nothing of the person's is in the browser */
export function refusalBefore(
  { networkWaits, waits }: Pick<Attempt, 'networkWaits' | 'waits'>,
  isNew: boolean,
): 'address-exhausted' | 'waiting' | undefined {
  if (isNew && networkWaits > 0) return 'address-exhausted';
  return waits ? 'waiting' : undefined;
}

/** What keeps the owner out, in the order of the checks. @param anywhere addresses do not matter */
export function ownerRefusal(
  account: Candidate,
  { anywhere = false } = {},
): RefusedOwner | undefined {
  const { id: accountId } = account;
  if (account.state === 'registered')
    return { ok: false, reason: 'registration-unfinished', accountId };
  const closure = closureOf(account);
  if (closure) return { ok: false, reason: closure, accountId, hasCase: hasCase(account) };
  if (anywhere || account.isAdmitted) return undefined;
  return { ok: false, reason: 'address-refused', accountId };
}

function closureOf({ state, held, corporationIsActive }: Candidate): Closure | undefined {
  if (!corporationIsActive) return 'corporation-closed';
  if (state === 'active') return held ? 'case-held' : undefined;
  return state === 'deleted' ? 'account-deleted' : 'account-suspended';
}

/** The page of the case opens to everybody who gives the right password. */
function hasCase({ state, held, inCase, corporationIsActive }: Candidate): boolean {
  return (held || inCase) && state !== 'deleted' && corporationIsActive;
}
