import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Probation } from '../../../admin-enrollment/probation.js';
import { Audit } from '../../../audit/audit.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { holdForAdministrator } from '../../../corporations/hold-corporation.js';
import { sqlOne } from '../../../database/sql.js';
import { inTransaction } from '../../../database/transaction.js';
import { MemberMails } from '../../../mail/member-mails.js';
import type { Visit } from '../../../web/visit.js';
import { addresseeOf } from '../addressee.js';
import type { Member } from '../member.js';
import { Members } from '../members.js';

export type RestorationRefusal = 'state-changed' | 'too-late';

export type Restored = { ok: true } | { ok: false; reason: RestorationRefusal };

/** Why this person cannot be restored; undefined when it is possible. */
export function obstacleTo({ state, isRestorable }: Member): RestorationRefusal | undefined {
  if (state !== 'deleted') return 'state-changed';
  return isRestorable ? undefined : 'too-late';
}

/** The way back within 30 days: with role and history as they were, and with no session. */
@Injectable()
export class Restoration {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly probation: Probation,
    private readonly mails: MemberMails,
    private readonly audit: Audit,
  ) {}

  /** @returns undefined when nobody of the company has this id */
  async restore(actor: SignedIn, id: string, visit: Visit): Promise<Restored | undefined> {
    const { accountId, corporationId } = actor;
    return inTransaction(this.em, async () => {
      await holdForAdministrator(this.em, actor);
      const member = await this.members.find(corporationId, id);
      if (!member) return undefined;
      const refusal = obstacleTo(member) ?? (await this.#restore(actor, member.id));
      const entry = { accountId, corporationId, facts: { target: member.id }, visit };
      await this.audit.record({ act: 'account-restoration', reason: refusal ?? 'done', ...entry });
      return refusal ? { ok: false, reason: refusal } : { ok: true };
    });
  }

  /** One statement decides whether it was in time: the person may be erased at this moment. */
  async #restore(actor: SignedIn, id: string): Promise<RestorationRefusal | undefined> {
    const restored = await sqlOne<{ state: string }>(
      this.em,
      `update accounts set state = coalesce(deleted_from, 'active'), deleted_from = null,
              deleted_at = null, deleted_by = null
       where id = $1 and state = 'deleted' and anonymised_at is null returning state`,
      [id],
    );
    if (!restored) return 'too-late';
    await this.probation.noteGrant(actor.accountId, id);
    const to = await addresseeOf(this.em, id);
    const { loginId, at } = to;
    // Nobody proved the mailbox of an unfinished registration: its owner asks for its mail again.
    if (restored.state !== 'registered')
      await this.mails.restored(
        to,
        { loginId, at, by: actor.name },
        restored.state === 'suspended',
      );
    return undefined;
  }
}
