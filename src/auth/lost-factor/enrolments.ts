import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import type { Visit } from '../../web/visit.js';
import type { LinkRefusal, MailedLink } from '../mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { FactorRemoval, type RemovalOutcome } from '../second-factor/factor-removal.entity.js';
import { FactorRemovals } from '../second-factor/factor-removals.js';
import { openNarrowSession } from '../sessions/narrow-session.js';
import { Sessions } from '../sessions/sessions.js';
import type { RefusedOwner } from '../sign-in/admission.js';
import { Credentials } from '../sign-in/credentials.js';

const ACT = 'lost-factor-enrolment';

export type EnrolmentOpened =
  | { ok: true; link: MailedLink; account: Account }
  | {
      ok: false;
      reason: LinkRefusal | 'removal-over';
      outcome?: RemovalOutcome | null | undefined;
    };

type EnrolmentEntered =
  | { ok: true }
  | RefusedOwner
  | { ok: false; reason: LinkRefusal | 'removal-over' | 'password-wrong' }
  | { ok: false; reason: 'address-exhausted'; retryAfter: number };

/**
 * The end of a removal that nobody stopped: mailbox and password open a session that can only set up
 * another factor. The lost one is asked everywhere until then, and its use still ends the removal.
 */
@Injectable()
export class Enrolments {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly removals: FactorRemovals,
    private readonly credentials: Credentials,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  /** The link works until another factor is set up: the browser may be closed before. */
  async look(token: string | undefined): Promise<EnrolmentOpened> {
    const looked = await this.links.look('factor-enrolment', token);
    if (!looked.ok) return { ok: false, reason: looked.reason };
    const { link } = looked;
    const populate = ['account'] as const;
    const removal = await this.em.findOne(FactorRemoval, link.subject, { populate, refresh: true });
    if (removal?.stateNow !== 'due')
      return { ok: false, reason: 'removal-over', outcome: removal?.outcome };
    return { ok: true, link, account: removal.account };
  }

  async enter(
    { account }: { account: Account },
    password: string,
    visit: Visit,
  ): Promise<EnrolmentEntered> {
    const checked = await this.credentials.check(account.loginId, password, visit, ACT);
    if (!checked.ok && 'retryAfter' in checked) return checked;
    if (!checked.ok && 'accountId' in checked && checked.reason !== 'second-factor-needed')
      return checked;
    if (!checked.ok) return { ok: false, reason: 'password-wrong' };
    const refused = await this.credentials.refusalNow(account.id, visit);
    return refused ?? this.#open(account, checked.passwordHash, visit);
  }

  async #open(
    { id, corporation }: Account,
    passwordHash: string,
    visit: Visit,
  ): Promise<EnrolmentEntered> {
    const of = { accountId: id, corporationId: corporation.id, visit };
    return inTransaction<EnrolmentEntered>(this.em, async () => {
      const held = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
      const account = await this.em.findOne(
        Account,
        { id, passwordHash, stateNow: 'active' },
        held,
      );
      if (!account) return this.audit.refuse(ACT, 'password-wrong', of);
      const removal = await this.removals.hold(id);
      if (removal?.stateNow !== 'due') return this.audit.refuse(ACT, 'removal-over', of);
      await openNarrowSession(this.em, this.sessions, account, visit, 'enrolment');
      return this.audit.done(ACT, of);
    });
  }
}
