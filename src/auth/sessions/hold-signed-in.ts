import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { signInRequired, type LedElsewhere } from '../../web/shown-instead.js';
import type { PersonInSession } from '../../web/visit.js';

export const ENDED_BEFORE_SENT = notice.info(
  say(
    'すでにログアウトしていたため、まだ受け付けていません。パスワードやメールアドレスの変更、別の端末での操作などによるものです。',
  ),
);

/** The session ended after the request had passed the guards. */
export function endedMeanwhile(): LedElsewhere {
  return signInRequired('/', ENDED_BEFORE_SENT);
}

/**
 * Holds an account for an act of its owner on himself, until the caller's transaction ends. Account or
 * session may have ended while the request waited for the row, so a second statement, which sees what
 * was committed meanwhile, looks for both. From there on whoever ends the session waits for the act,
 * which is short; renewing its secret does not.
 * @returns the transaction's time
 * @throws LedElsewhere when the account cannot sign in any more, or the session ended
 */
export async function holdSignedIn(
  em: EntityManager,
  { accountId, sessionId }: Pick<PersonInSession, 'accountId' | 'sessionId'>,
): Promise<Date> {
  await tables(em)
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', accountId)
    .forNoKeyUpdate()
    .execute();
  const signedIn = await tables(em)
    .selectFrom('accounts as a')
    .innerJoin('sessions as s', 's.account_id', 'a.id')
    .select(sqlNow.as('now'))
    .where('a.id', '=', accountId)
    .where('a.state', '=', 'active')
    .where('s.id', '=', sessionId)
    .forKeyShare('s')
    .executeTakeFirst();
  if (!signedIn) throw endedMeanwhile();
  return signedIn.now;
}
