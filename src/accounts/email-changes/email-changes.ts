import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Audit, type Settled } from '../../audit/audit.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { holdSignedIn } from '../../auth/sessions/hold-signed-in.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { emailKey } from '../../identity/login-id.js';
import {
  companysMail,
  MailLimits,
  personsMail,
  type MailLimitReached,
  type MailRefusal,
} from '../../mail/mail-limits.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { Person } from '../../web/visit.js';
import { EmailChange } from './email-change.entity.js';

const PROVABLE = { hours: 24 };
const OVER = 'email-change-over';

type EmailChangeRefusal =
  /** The visitor's company has no such account, or its registration is not finished: answer 404. */
  | 'account-unknown'
  | 'email-unchanged'
  /** Too many mails went to that address, or were caused from the visitor's network or company. */
  | MailLimitReached
  /** Somebody else's address, while the desk looks into a case of that person. */
  | CaseObstacle;

/**
 * Changes of mail addresses: the reader of the new mailbox proves it within 24 hours; the old one is
 * told of the request and, when it is proved, how to undo it. Several people may share an address.
 */
@Injectable()
export class EmailChanges {
  constructor(
    private readonly em: EntityManager,
    private readonly rules: CaseRules,
    private readonly links: MailedLinks,
    private readonly limits: MailLimits,
    private readonly mails: OwnAccountMails,
    private readonly audit: Audit,
  ) {}

  /**
   * Begins a change in the caller's transaction and voids the one that waits. The address stays
   * until the proof.
   * @param target the account whose address it is, of the requester's company
   */
  async request(by: SignedIn, target: string, email: string): Promise<Settled<EmailChangeRefusal>> {
    return inTransaction<Settled<EmailChangeRefusal>>(this.em, async () => {
      const isOwn = by.accountId === target;
      const time = await (isOwn ? holdSignedIn : holdForAdministrator)(this.em, by);
      const account = await this.#hold(target, by);
      const refusal = account ? await this.#refusal(account, email, by) : 'account-unknown';
      if (!refusal && account) {
        await this.#begin(account, email, by);
        const change = { email, time, address: isOwn ? by.visit.address : null };
        await this.mails.emailChangeRequested(account.addressee, nameOfOther(by, account), change);
      }
      return this.audit.settle('email-change-request', refusal, by, { target });
    });
  }

  async pending(accountId: string): Promise<EmailChange | undefined> {
    const waiting = { account: accountId, proofNow: 'live' as const };
    return (await this.em.findOne(EmailChange, waiting, { refresh: true })) ?? undefined;
  }

  /** The mail to the own new address once more, with a new link. */
  async sendAgain(person: SignedIn): Promise<Settled<MailRefusal | typeof OVER>> {
    const { accountId } = person;
    return inTransaction<Settled<MailRefusal | typeof OVER>>(this.em, async () => {
      await holdSignedIn(this.em, person);
      const account = await this.#hold(accountId, person);
      const pending = account && (await this.pending(accountId));
      const facts = { target: accountId };
      if (!pending) return this.audit.refuse('email-change-request', OVER, person, facts);
      const { email } = pending;
      const source = personsMail(accountId, person.visit);
      const reason = await this.limits.takeAnother('email-change', email, source);
      if (!reason) await this.#begin(account, email, person);
      return this.audit.settle('email-change-request', reason, person, facts);
    });
  }

  async cancel(person: SignedIn): Promise<Settled<typeof OVER>> {
    const { accountId } = person;
    return inTransaction<Settled<typeof OVER>>(this.em, async () => {
      const now = await holdSignedIn(this.em, person);
      const account = await this.#hold(accountId, person);
      const refusal = account && (await this.#voidPending(account, now)) ? undefined : OVER;
      return this.audit.settle('email-change-cancellation', refusal, person, { target: accountId });
    });
  }

  /** An account whose registration is finished, until the end of the caller's transaction. */
  async #hold(id: string, { corporationId }: Person): Promise<Account | undefined> {
    const account = await this.em.findOne(
      Account,
      { id, corporation: corporationId },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
    if (!account?.hasProvedMailbox) return undefined;
    return this.em.populate(account, ['corporation']);
  }

  async #refusal(
    account: Account,
    email: string,
    { accountId, corporationId, visit }: SignedIn,
  ): Promise<EmailChangeRefusal | undefined> {
    if (account.emailKey === emailKey(email)) return 'email-unchanged';
    if (account.id === accountId)
      return this.limits.take('email-change', email, personsMail(accountId, visit));
    const obstacle = await this.rules.obstacle('email-change', accountId, account.id);
    return obstacle ?? this.limits.take('email-change', email, companysMail(corporationId));
  }

  async #begin(account: Account, email: string, requester: Person): Promise<void> {
    const now = await databaseNow(this.em);
    await this.#voidPending(account, now);
    const change = this.em.create(EmailChange, {
      account,
      requestedBy: requester.accountId,
      email,
      endsAt: now,
    });
    await this.em.flush();
    const link = await this.links.issue('email-proof', change.id, PROVABLE);
    change.endsAt = link.endsAt;
    const to = { ...account.addressee, email };
    await this.mails.emailChangeProof(to, nameOfOther(requester, account), link);
  }

  async #voidPending(account: Account, now: Date): Promise<boolean> {
    const pending = await this.em.findOne(EmailChange, { account, provedAt: null, voidedAt: null });
    if (!pending) return false;
    pending.void(now);
    await this.links.replace('email-proof', pending.id);
    // A flush inserts before it updates, and an account has one pending change only.
    await this.em.flush();
    return true;
  }
}

/** Undefined when the person asks for it. */
function nameOfOther(requester: Person, { id }: Account): string | undefined {
  return requester.accountId === id ? undefined : requester.name;
}
