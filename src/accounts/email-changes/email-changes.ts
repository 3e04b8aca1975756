import { Injectable } from '@nestjs/common';
import { Probation } from '../../admin-enrollment/probation.js';
import { Audit } from '../../audit/audit.js';
import { emailKey, withLowerCaseDomain } from '../../identity/login-id.js';
import { MailLimits } from '../../mail/mail-limits.js';
import type { Person, Visit } from '../../web/visit.js';
import { EmailHolders, type EmailHolder } from './email-holders.js';
import { EmailProofs } from './email-proofs.js';

export interface EmailChangeRequest {
  /** Whose address it is: an account of the visitor's company. */
  accountId: string;
  /** As typed, in a form that checked its shape. */
  email: string;
  /** The person, or an administrator of the company. */
  requestedBy: Person;
  visit: Visit;
}

export type EmailChangeRefusal =
  /** The visitor's company has no such account, or its registration is not finished: answer 404. */
  | 'account-unknown'
  /** It is the account's address already. */
  | 'email-unchanged'
  /** Too many mails went to that address, or were caused from the visitor's network. */
  | 'mail-limit'
  /** An administrator's company caused too many mails. */
  | 'company-limit';

export type EmailChangeRequested =
  { ok: true; endsAt: Date } | { ok: false; reason: EmailChangeRefusal };

/**
 * Changes of mail addresses: the reader of the new mailbox proves it within 24 hours; the old one is
 * told of the request and, when it is proved, how to undo it. Who else uses an address is nobody's
 * matter here.
 */
@Injectable()
export class EmailChanges {
  constructor(
    private readonly holders: EmailHolders,
    private readonly proofs: EmailProofs,
    private readonly limits: MailLimits,
    private readonly probation: Probation,
    private readonly audit: Audit,
  ) {}

  /**
   * Begins a change in the caller's transaction and voids the one that waits. The address stays as
   * it is until the proof. @returns until when the proof is possible
   */
  async request(request: EmailChangeRequest): Promise<EmailChangeRequested> {
    const { accountId, requestedBy, visit } = request;
    const email = withLowerCaseDomain(request.email);
    const holder =
      requestedBy.accountId === accountId
        ? await this.holders.hold(accountId, requestedBy.corporationId)
        : await this.holders.holdFor(requestedBy, accountId);
    const refusal = await this.#refusal(holder, email, requestedBy, visit);
    await this.audit.record({
      act: 'email-change-request',
      reason: refusal ?? 'done',
      corporationId: requestedBy.corporationId,
      accountId: requestedBy.accountId,
      facts: { target: accountId },
      visit,
    });
    if (refusal || !holder) return { ok: false, reason: refusal ?? 'account-unknown' };
    const objection =
      requestedBy.accountId === accountId
        ? undefined
        : await this.probation.note(requestedBy.accountId, accountId, 'email-change');
    const endsAt = await this.proofs.send(holder, email, requestedBy);
    await this.proofs.announce(holder, email, requestedBy, objection);
    return { ok: true, endsAt };
  }

  async #refusal(
    holder: EmailHolder | undefined,
    email: string,
    requestedBy: Person,
    visit: Visit,
  ): Promise<EmailChangeRefusal | undefined> {
    if (!holder) return 'account-unknown';
    if (emailKey(holder.email) === emailKey(email)) return 'email-unchanged';
    if (holder.accountId !== requestedBy.accountId) {
      const limit = await this.limits.takeForCompany(email, holder.corporationId);
      return limit && (limit === 'company-limit' ? limit : 'mail-limit');
    }
    return (await this.limits.take(email, visit)) ? undefined : 'mail-limit';
  }
}
