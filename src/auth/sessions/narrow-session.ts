import type { EntityManager } from '@mikro-orm/postgresql';
import { after, databaseNow } from '../../database/clock.js';
import type { Account } from '../../identity/account.entity.js';
import type { Visit } from '../../web/visit.js';
import { hashOf, newCookieSecret, splitCookie } from '../secrets.js';
import { Session } from './session.entity.js';
import type { Sessions } from './sessions.js';

const LENGTH = { minutes: 30 };

/**
 * Opens a session in the place of the browser's own, in the caller's transaction: half an hour for the
 * pages of an IP restriction, or for the set-up of a factor, and for nothing else.
 */
export async function openNarrowSession(
  em: EntityManager,
  { cookie }: Sessions,
  account: Account,
  visit: Visit,
  reach: 'ip-restriction' | 'enrolment',
): Promise<void> {
  const former = splitCookie(cookie.read(visit));
  if (former) await em.nativeDelete(Session, { id: former.id, secretHash: hashOf(former.secret) });
  const session = newCookieSecret();
  const endsAt = after(await databaseNow(em), LENGTH);
  await em.insert(Session, {
    id: session.id,
    secretHash: session.hash,
    account: account.id,
    address: visit.address,
    browser: visit.browser,
    endsAt,
    ...(reach === 'enrolment' ? { enrolsOnly: true } : { emergencyUntil: endsAt }),
    previousSignInAt: account.lastSignInAt,
    previousSignInAddress: account.lastSignInAddress,
    failuresBefore: account.failuresSinceSignIn,
  });
  cookie.set(visit, session.cookie);
}
