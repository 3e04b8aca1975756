import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit, type Settled } from '../../audit/audit.js';
import { MailboxRecoveries } from '../../auth/mailed-links/mailbox-recoveries.js';
import type { LinkRefusal, MailedLink } from '../../auth/mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { CompromisedPasswords } from '../../auth/passwords/compromised-passwords.js';
import { FactorClearing } from '../../auth/second-factor/factor-clearing.js';
import { AccountAccess } from '../../auth/sign-in/account-access.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import type { Account } from '../../identity/account.entity.js';
import { SuppressedMailboxes } from '../../mail/suppressed-mailboxes.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { Visit } from '../../web/visit.js';
import { EmailChange } from './email-change.entity.js';

const UNDOABLE = { hours: 72 };

/** `email-proof` is mailed to the new address, `email-undo` to the old one. */
type Purpose = 'email-proof' | 'email-undo';

export type OpenedEmailChange =
  | { ok: true; link: MailedLink; change: EmailChange }
  /** `change` is absent when its link opens nothing. */
  | { ok: false; reason: EmailLinkRefusal; change?: EmailChange };

/** `corporation-closed`: the contract with the company ended, so nothing is proved meanwhile. */
type EmailLinkRefusal = LinkRefusal | 'corporation-closed';

@Injectable()
export class EmailChangeLinks {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly access: AccountAccess,
    private readonly recoveries: MailboxRecoveries,
    private readonly compromisedPasswords: CompromisedPasswords,
    private readonly factors: FactorClearing,
    private readonly mails: OwnAccountMails,
    private readonly suppressed: SuppressedMailboxes,
    private readonly audit: Audit,
  ) {}

  async look(purpose: Purpose, token: string | undefined): Promise<OpenedEmailChange> {
    const { link } = await this.links.look(purpose, token);
    if (!link) return { ok: false, reason: 'link-unknown' };
    const change = await this.em.findOneOrFail(
      EmailChange,
      { id: link.subject },
      { populate: ['account.corporation'], refresh: true },
    );
    if (!change.account.hasProvedMailbox) return { ok: false, reason: 'link-unknown' };
    const isClosed = change.account.corporation.state === 'closed';
    const reason =
      purpose === 'email-undo'
        ? change.undoRefusal
        : (change.proofRefusal ?? (isClosed ? 'corporation-closed' : undefined));
    return reason ? { ok: false, reason, change } : { ok: true, link, change };
  }

  /** Moves the account to its new address and tells the old one how to undo it. Of parallel callers one succeeds. */
  async prove(token: string | undefined, visit: Visit): Promise<Settled<EmailLinkRefusal>> {
    return inTransaction<Settled<EmailLinkRefusal>>(this.em, async () => {
      const held = await this.#hold('email-proof', token);
      if (!held.ok) return this.audit.refuse('email-change', held.reason, { visit });
      const { change, link } = held;
      const { account, email, isOwn } = change;
      const former = account.addressee;
      const time = await databaseNow(this.em);
      await this.links.use(link);
      const undo = await this.links.issue('email-undo', change.id, UNDOABLE);
      change.prove(former.email, time, undo.endsAt);
      await this.#move(account, email);
      await this.access.endSessionsOf(account.id, visit);
      const address = isOwn ? visit.address : null;
      await this.mails.emailChanged(former, { email, time, address }, undo);
      return this.audit.done('email-change', { ...former, visit });
    });
  }

  /**
   * Moves the account back to its old address and ends its sign-ins, with the second factors that were
   * set up since. Of parallel callers one succeeds.
   */
  async undo(token: string | undefined, visit: Visit): Promise<Settled<EmailLinkRefusal>> {
    return inTransaction<Settled<EmailLinkRefusal>>(this.em, async () => {
      const held = await this.#hold('email-undo', token);
      if (!held.ok) return this.audit.refuse('email-change-undo', held.reason, { visit });
      const { change, link } = held;
      const { account } = change;
      await this.links.use(link);
      const time = await databaseNow(this.em);
      change.undo(time);
      await this.#voidLaterUndos(change, time);
      await this.#move(account, change.formerEmail!);
      await this.access.takeBack(account);
      await this.compromisedPasswords.endThoseSince(account.id, change.provedAt!);
      await this.factors.clearThoseSince(account, change.provedAt!);
      await this.mails.emailChangeUndone(account.addressee, { time, address: visit.address });
      return this.audit.done('email-change-undo', { ...account.addressee, visit });
    });
  }

  /** The same as `look`, with the account locked until the end of the caller's transaction. */
  async #hold(purpose: Purpose, token: string | undefined): Promise<OpenedEmailChange> {
    const seen = await this.look(purpose, token);
    if (!seen.ok) return seen;
    await this.em.lock(seen.change.account, LockMode.PESSIMISTIC_WRITE);
    return this.look(purpose, token);
  }

  /** Ends what the former mailbox could open. */
  async #move(account: Account, email: string): Promise<void> {
    const former = account.email;
    account.moveMailTo(email);
    await this.suppressed.prove(account.email);
    // The end of sessions looks for changes that are not proved.
    await this.em.flush();
    await this.recoveries.end(former);
    await this.links.replace('sign-in-report', account.id);
  }

  /** Later changes are undone with this one, so their mailboxes lose their links. */
  async #voidLaterUndos({ account, number }: EmailChange, now: Date): Promise<void> {
    const undoable = { undoneAt: null, undoVoidedAt: null };
    const later = { account, number: { $gt: number }, ...undoable };
    for (const change of await this.em.find(EmailChange, later)) {
      change.voidUndo(now);
      await this.links.replace('email-undo', change.id);
    }
  }
}
