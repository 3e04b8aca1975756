import type { SignedIn } from '../../auth/sessions/sessions.js';
import type { Account } from '../../identity/account.entity.js';
import { ROLES } from '../../identity/role.js';
import { maskedEmail } from '../../mail/masked-email.js';

/**
 * A person as the pages about one or several people show them. Newcomers see no whole mail address,
 * and many login IDs are one.
 */
export function memberFacts(member: Account, { isNewcomer }: SignedIn) {
  const { id, name, nameKana, shownLoginId, role } = member;
  const isMasked = isNewcomer && shownLoginId.includes('@');
  const loginId = isMasked ? maskedEmail(shownLoginId) : shownLoginId;
  return { id, name, nameKana, loginId, role: ROLES[role] };
}

/** The page behind a person's name: newcomers may see the one about the suspension alone. */
export function memberPath({ id, state }: Account, { isNewcomer }: SignedIn): string {
  if (isNewcomer) return `/accounts/${id}/suspension`;
  return state === 'deleted' ? `/accounts/${id}/restoration` : `/accounts/${id}`;
}

/** Who did something to somebody, as a mail tells it; null for the person. */
export function actorOf(by: Account | null, now: Date) {
  const newcomerLoginId = by?.isNewcomer(now) ? by.shownLoginId : undefined;
  return { by: by?.name ?? null, newcomerLoginId };
}
