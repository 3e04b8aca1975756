import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Probation } from '../../../admin-enrollment/probation.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { MemberMails } from '../../../mail/member-mails.js';
import { addresseeOf } from '../addressee.js';
import { restorableUntil } from '../member.js';
import { AccountEnd } from './account-end.js';

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

  /** @param isProved whether the person ever proved to read the mailbox: else nobody is written to */
  async say(
    actor: SignedIn,
    id: string,
    isProved: boolean,
    objection: string | undefined,
  ): Promise<void> {
    const gone = await addresseeOf(this.em, id);
    await this.end.of({ id, email: gone.email });
    if (!isProved) return;
    const { loginId, at } = gone;
    const by = id === actor.accountId ? null : actor.name;
    await this.mails.deleted(gone, { loginId, at, by, objection }, restorableUntil(at));
  }
}
