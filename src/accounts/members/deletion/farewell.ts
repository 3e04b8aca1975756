import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Probation } from '../../../admin-enrollment/probation.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { sqlOne } from '../../../database/sql.js';
import { MemberMails } from '../../../mail/member-mails.js';
import type { Addressee } from '../../../mail/mails.js';
import { RESTORABLE_DAYS } from '../member.js';
import { AccountEnd } from './account-end.js';

interface Gone extends Addressee {
  loginId: string;
  at: Date;
  until: Date;
  /** Nobody ever proved to read the mailbox of a registration that was not finished. */
  isProved: boolean;
}

/** What a deleted person loses and hears, in the transaction of the deletion. */
@Injectable()
export class Farewell {
  constructor(
    private readonly em: EntityManager,
    private readonly end: AccountEnd,
    private readonly probation: Probation,
    private readonly mails: MemberMails,
  ) {}

  /** Before anything is changed: the key of the link with which another person can object. */
  async objectionOf(actor: SignedIn, id: string): Promise<string | undefined> {
    if (id === actor.accountId) return undefined;
    return this.probation.note(actor.accountId, id, 'deletion');
  }

  async say(actor: SignedIn, id: string, objection: string | undefined): Promise<void> {
    const gone = await sqlOne<Gone>(
      this.em,
      `select a.id as "accountId", a.corporation_id as "corporationId", c.name as "corporationName",
              a.name, a.email, a.language, a.login_id as "loginId", a.deleted_at as at,
              a.deleted_at + make_interval(days => $2) as until,
              a.deleted_from <> 'registered' as "isProved"
       from accounts a join corporations c on c.id = a.corporation_id where a.id = $1`,
      [id, RESTORABLE_DAYS],
    );
    const { email, loginId, at, until } = gone!;
    await this.end.of({ id, email });
    if (!gone!.isProved) return;
    const by = id === actor.accountId ? null : actor.name;
    await this.mails.deleted(gone!, { loginId, at, by, objection }, until);
  }
}
