import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Probation } from '../../../admin-enrollment/probation.js';
import { AccountAccess } from '../../../auth/account-access.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { sql } from '../../../database/sql.js';
import { MemberMails } from '../../../mail/member-mails.js';
import { addresseeOf } from '../addressee.js';
import type { Member } from '../member.js';

/** What a suspension does and its end undoes, in the caller's transaction. */
@Injectable()
export class Stop {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccountAccess,
    private readonly probation: Probation,
    private readonly mails: MemberMails,
  ) {}

  /** Ends what is open; the password stays, but opens nothing until the release. */
  async begin(actor: SignedIn, { id }: Member): Promise<void> {
    const objection = await this.probation.note(actor.accountId, id, 'suspension');
    await sql(
      this.em,
      `update accounts set state = 'suspended', suspended_at = genkan_now() where id = $1`,
      [id],
    );
    await this.access.endSessionsOf(id);
    const to = await addresseeOf(this.em, id);
    await this.mails.suspended(to, { ...deedOf(to), by: actor.name, objection });
  }

  async end(actor: SignedIn, { id }: Member): Promise<void> {
    await sql(this.em, `update accounts set state = 'active', suspended_at = null where id = $1`, [
      id,
    ]);
    await this.probation.noteGrant(actor.accountId, id);
    const to = await addresseeOf(this.em, id);
    await this.mails.released(to, { ...deedOf(to), by: actor.name });
  }
}

function deedOf({ loginId, at }: { loginId: string; at: Date }): { loginId: string; at: Date } {
  return { loginId, at };
}
