import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { SignIn } from '../../../auth/sign-in.js';
import { sqlOne } from '../../../database/sql.js';
import type { Addressee } from '../../../mail/mails.js';
import type { Person, Visit } from '../../../web/visit.js';

/** Somebody whose password was right and whose address the company's list does not admit. */
export type RefusedPerson = Person & Addressee & { accountId: string; loginId: string };

/** Who stands before the page 「アクセス制限エラー」. */
@Injectable()
export class RefusedPeople {
  constructor(
    private readonly em: EntityManager,
    private readonly signIn: SignIn,
  ) {}

  /**
   * The person of a parked session, or whose right password this browser gave within 30 minutes.
   * @returns undefined for strangers, and for whoever may come from where they are by now
   */
  async find(visit: Visit): Promise<RefusedPerson | undefined> {
    const accountId = visit.person?.accountId ?? (await this.signIn.unfinishedAccount(visit));
    if (accountId === undefined) return undefined;
    return sqlOne<RefusedPerson>(
      this.em,
      `select a.id as "accountId", c.id as "corporationId", c.name as "corporationName",
              a.name, a.role, a.email, a.language, a.login_id as "loginId"
       from accounts a join corporations c on c.id = a.corporation_id and c.state = 'active'
       where a.id = $1 and a.state = 'active'
         and (a.held_until is null or a.held_until <= genkan_now())
         and c.has_ip_versions and not (ip_verdict(c.id, $2)).admitted`,
      [accountId, visit.address],
    );
  }
}
