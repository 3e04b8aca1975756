import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { ProvenCredentials } from '../../../auth/credentials.js';
import { hashOf, newCookieSecret, splitCookie } from '../../../auth/secrets.js';
import { Sessions } from '../../../auth/sessions.js';
import { databaseNow, sql, sqlOne } from '../../../database/sql.js';
import { IpAccessMails } from '../../../mail/ip-access-mails.js';
import type { Visit } from '../../../web/visit.js';
import { administratorsOf } from '../administrators.js';
import type { RefusedPerson } from '../refused/refused-people.js';
import { EmergencyTickets } from './emergency-tickets.js';

export const EMERGENCY_MINUTES = 30;

/** Sessions that reach the pages of the restriction only, and end after half an hour. */
@Injectable()
export class EmergencySessions {
  constructor(
    private readonly em: EntityManager,
    private readonly sessions: Sessions,
    private readonly tickets: EmergencyTickets,
    private readonly mails: IpAccessMails,
  ) {}

  /**
   * Uses the ticket up, opens the session and tells every administrator, in the caller's transaction.
   * @returns false when the ticket does not work, or the account changed since its password was checked
   */
  async open(
    person: RefusedPerson,
    ticket: string,
    proven: ProvenCredentials,
    visit: Visit,
  ): Promise<boolean> {
    const { accountId, corporationId } = person;
    const administrator = await sqlOne(
      this.em,
      `select 1 as usable from accounts a join usable_administrators u on u.id = a.id
       where a.id = $1 and a.password_hash = $2 for no key update of a`,
      [accountId, proven.passwordHash],
    );
    if (!administrator || !(await this.tickets.use(corporationId, accountId, ticket))) return false;
    await this.#insert(accountId, visit);
    const left = (await this.tickets.sheet(corporationId))?.left ?? 0;
    const facts = {
      name: person.name,
      address: visit.address,
      at: await databaseNow(this.em),
      left,
    };
    for (const each of await administratorsOf(this.em, corporationId))
      await this.mails.emergencyUsed(each, facts);
    return true;
  }

  async #insert(accountId: string, visit: Visit): Promise<void> {
    const session = newCookieSecret();
    const former = splitCookie(this.sessions.cookie.read(visit));
    if (former)
      await sql(this.em, 'delete from sessions where id = $1 and secret_hash = $2', [
        former.id,
        hashOf(former.secret),
      ]);
    await sql(
      this.em,
      `insert into sessions (id, secret_hash, account_id, address, browser, ends_at, emergency_until,
                             previous_sign_in_at, previous_sign_in_address, failures_before)
       select $1, $2, id, $4, $5, genkan_now() + make_interval(mins => $6),
              genkan_now() + make_interval(mins => $6),
              last_sign_in_at, last_sign_in_address, failures_since_sign_in
       from accounts where id = $3`,
      [session.id, session.hash, accountId, visit.address, visit.browser, EMERGENCY_MINUTES],
    );
    this.sessions.cookie.set(visit, session.cookie);
  }
}
