import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Act, Reason } from '../../audit/reasons.js';
import { MailLimits, type MailRefusal } from '../../mail/mail-limits.js';
import type { Person, Visit } from '../../web/visit.js';
import { EmailChangeLinks, type PendingChange } from './email-change-links.js';
import { EmailHolders } from './email-holders.js';
import { EmailProofs } from './email-proofs.js';

export type EmailProofSentAgain = { ok: true } | { ok: false; reason: MailRefusal | 'not-waiting' };

/** What an account's change of address can still hear before its proof. */
@Injectable()
export class PendingEmailChanges {
  constructor(
    private readonly holders: EmailHolders,
    private readonly links: EmailChangeLinks,
    private readonly proofs: EmailProofs,
    private readonly limits: MailLimits,
    private readonly audit: Audit,
  ) {}

  find(accountId: string): Promise<PendingChange | undefined> {
    return this.links.pending(accountId);
  }

  /** The mail to the new address once more, with a new link; in the caller's transaction. */
  async sendAgain(accountId: string, person: Person, visit: Visit): Promise<EmailProofSentAgain> {
    const holder = await this.holders.hold(accountId, person.corporationId);
    const pending = holder && (await this.links.pending(accountId));
    if (!pending) return { ok: false, reason: 'not-waiting' };
    const reason =
      accountId === person.accountId
        ? await this.limits.takeAnother(pending.email, visit)
        : await this.limits.takeForCompany(pending.email, holder.corporationId, { again: true });
    await this.#log('email-change-request', reason ?? 'done', accountId, person, visit);
    if (reason) return { ok: false, reason };
    await this.proofs.send(holder, pending.email, person);
    return { ok: true };
  }

  /** In the caller's transaction. @returns whether a change waited */
  async cancel(accountId: string, person: Person, visit: Visit): Promise<boolean> {
    const holder = await this.holders.hold(accountId, person.corporationId);
    if (!holder || !(await this.links.voidPending(accountId))) return false;
    await this.#log('email-change-cancellation', 'done', accountId, person, visit);
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
