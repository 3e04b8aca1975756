import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Audit } from '../../audit/audit.js';
import { Session } from '../../auth/sessions/session.entity.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AccountAccess } from '../../auth/sign-in/account-access.js';
import { Device } from '../../auth/sign-in/device.entity.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import type { Account } from '../../identity/account.entity.js';
import { MemberMails } from '../../mail/member-mails.js';
import type { Visit } from '../../web/visit.js';
import { Members } from '../members/members.js';

export type SignInsEnded = { ok: true; wasOpen: boolean } | { ok: false; reason: CaseObstacle };

/** すべての端末でのログインを終了する: for a telephone that was left in a train, say. */
@Injectable()
export class EndedSignIns {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly rules: CaseRules,
    private readonly access: AccountAccess,
    private readonly mails: MemberMails,
    private readonly audit: Audit,
  ) {}

  /** Where nothing is open nobody is told, so that nobody fills a mailbox with it. */
  async endAllOf(id: string, actor: SignedIn, visit: Visit): Promise<SignInsEnded> {
    const { accountId, corporationId } = actor;
    return inTransaction<SignInsEnded>(this.em, async () => {
      await holdForAdministrator(this.em, actor);
      const member = await this.members.hold(corporationId, id);
      const reason = await this.rules.obstacle('sessions-end', accountId, id);
      const wasOpen = !reason && (await this.#isOpen(member));
      if (wasOpen) await this.mails.sessionsEnded(member.addressee, { by: actor.name });
      if (!reason) await this.access.endSessionsOf(id);
      const entry = { accountId, corporationId, facts: { target: id }, visit };
      await this.audit.record({ act: 'sessions-ended', reason: reason ?? 'done', ...entry });
      return reason ? { ok: false, reason } : { ok: true, wasOpen };
    });
  }

  async #isOpen(account: Account): Promise<boolean> {
    const endsAt = { $gt: await databaseNow(this.em) };
    if ((await this.em.count(Session, { account, endsAt })) > 0) return true;
    return (await this.em.count(Device, { account })) > 0;
  }
}
