import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Audit } from '../../audit/audit.js';
import type { Act, Reason } from '../../audit/reasons.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { emailKey, withLowerCaseDomain } from '../../identity/login-id.js';
import { MailLimits, type MailRefusal } from '../../mail/mail-limits.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { Person, Visit } from '../../web/visit.js';
import { EmailChange } from './email-change.entity.js';

const PROVABLE = { hours: 24 };

export interface EmailChangeRequest {
  /** The account whose address it is, of the visitor's company. */
  accountId: string;
  /** As typed, in a form that checked its shape. */
  email: string;
  requestedBy: Person;
  visit: Visit;
}

export type EmailChangeRefusal =
  /** The visitor's company has no such account, or its registration is not finished: answer 404. */
  | 'account-unknown'
  | 'email-unchanged'
  /** Too many mails went to that address, or were caused from the visitor's network or company. */
  | Exclude<MailRefusal, 'mail-too-soon'>
  /** Somebody else's address, while the desk looks into a case of that person. */
  | CaseObstacle;

export type EmailChangeRequested = { ok: true } | { ok: false; reason: EmailChangeRefusal };

export type EmailProofSentAgain =
  { ok: true } | { ok: false; reason: MailRefusal | 'email-change-over' };

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
   */
  async request(request: EmailChangeRequest): Promise<EmailChangeRequested> {
    const { accountId, requestedBy, visit } = request;
    const email = withLowerCaseDomain(request.email);
    return inTransaction<EmailChangeRequested>(this.em, async () => {
      if (requestedBy.accountId !== accountId) await holdForAdministrator(this.em, requestedBy);
      const account = await this.#hold(accountId, requestedBy);
      const refusal = account ? await this.#refusal(account, request) : 'account-unknown';
      await this.#log('email-change-request', refusal ?? 'done', accountId, requestedBy, visit);
      if (refusal || !account) return { ok: false, reason: refusal ?? 'account-unknown' };
      await this.#begin(account, email, requestedBy);
      const by = nameOfOther(requestedBy, account);
      await this.mails.emailChangeRequested(account.addressee, by, email);
      return { ok: true };
    });
  }

  async pending(accountId: string): Promise<EmailChange | undefined> {
    const waiting = { account: accountId, proofNow: 'live' as const };
    return (await this.em.findOne(EmailChange, waiting, { refresh: true })) ?? undefined;
  }

  /** The mail to the own new address once more, with a new link. */
  async sendAgain(person: Person, visit: Visit): Promise<EmailProofSentAgain> {
    const { accountId } = person;
    return inTransaction<EmailProofSentAgain>(this.em, async () => {
      const account = await this.#hold(accountId, person);
      const pending = account && (await this.pending(accountId));
      if (!pending) return { ok: false, reason: 'email-change-over' };
      const { email } = pending;
      const reason = await this.limits.takeAnother(email, visit);
      await this.#log('email-change-request', reason ?? 'done', accountId, person, visit);
      if (reason) return { ok: false, reason };
      await this.#begin(account, email, person);
      return { ok: true };
    });
  }

  /** @returns whether an own change waited */
  async cancel(person: Person, visit: Visit): Promise<boolean> {
    const { accountId } = person;
    return inTransaction(this.em, async () => {
      const account = await this.#hold(accountId, person);
      if (!account || !(await this.#voidPending(account, await databaseNow(this.em)))) return false;
      await this.#log('email-change-cancellation', 'done', accountId, person, visit);
      return true;
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
    { email, requestedBy, visit }: EmailChangeRequest,
  ): Promise<EmailChangeRefusal | undefined> {
    if (account.emailKey === emailKey(email)) return 'email-unchanged';
    if (account.id !== requestedBy.accountId) {
      const { accountId } = requestedBy;
      const obstacle = await this.rules.obstacle('email-change', accountId, account.id);
      if (obstacle) return obstacle;
      const limit = await this.limits.takeForCompany(email, requestedBy.corporationId);
      return limit === 'mail-too-soon' ? 'mail-limit' : limit;
    }
    return this.limits.take(email, visit);
  }

  /** A new change and the mail that proves it; older ones are void. */
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

  async #log(
    act: Act,
    reason: Reason,
    target: string,
    { corporationId, accountId }: Person,
    visit: Visit,
  ): Promise<void> {
    await this.audit.record({ act, reason, corporationId, accountId, facts: { target }, visit });
  }
}

/** Undefined when the person asks for it. */
function nameOfOther(requester: Person, { id }: Account): string | undefined {
  return requester.accountId === id ? undefined : requester.name;
}
