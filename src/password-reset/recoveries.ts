import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { MailboxRecoveries } from '../auth/mailed-links/mailbox-recoveries.js';
import type { LinkRefusal, MailedLink } from '../auth/mailed-links/mailed-link.entity.js';
import { MailedLinks, type IssuedLink, type LookedUp } from '../auth/mailed-links/mailed-links.js';
import { after, databaseNow, sqlNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { siteOf } from '../web/requests/client-address.js';
import { MailedCodes, type MailedCode } from './mailed-codes.js';
import { Recovery } from './recovery.entity.js';

const VALID = { hours: 24 };

/** The request that asks for a mail. */
export interface RecoveryAsker {
  /** The flow that takes the mail's code; absent where a reader of the mailbox, or the desk, asks. */
  tab?: string;
  address: string;
  requestId: string;
}

/** What the mail tells; the code is missing where no tab would take it. */
type ArmedRecovery = IssuedLink & { code?: MailedCode; askedFrom?: string | null };

type OpenedRecovery = { ok: true; recovery: Recovery } | { ok: false; reason: LinkRefusal };

/**
 * Recoveries of lost IDs and passwords: links to a mailbox, valid for 24 hours. Only hashes are
 * stored. Of one network the newest link opens; of all links to a mailbox one is used, and ends the
 * others.
 */
@Injectable()
export class Recoveries {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly mailboxes: MailboxRecoveries,
    private readonly codes: MailedCodes,
  ) {}

  /**
   * Begins a request in the caller's transaction. It ends what is under way only where it is no
   * stranger's. The link's first key is never mailed: `arm` gives it another one when the mail is
   * written.
   */
  async begin(email: string, { tab, address }: RecoveryAsker): Promise<IssuedLink> {
    if (!tab) await this.mailboxes.end(email);
    const [link] = await this.links.issueAll(
      'recovery',
      [this.mailboxes.subjectsOf(email)[0]!],
      VALID,
    );
    const asked = tab ? { askedIn: tab, askedFrom: siteOf(address) } : {};
    this.em.create(Recovery, { link: link!.id, ...asked });
    await this.em.flush();
    return link!;
  }

  /** Until when a link would work that was sent now. */
  async deadline(): Promise<Date> {
    return after(await databaseNow(this.em), VALID);
  }

  /**
   * Gives a request of a known mailbox its link's key and the code, once; nothing when it is over.
   * The URLs that the same network asked for before are void from here on.
   */
  async arm(id: string, mailbox: string): Promise<ArmedRecovery | undefined> {
    await this.mailboxes.takeTurn(mailbox);
    const recovery = await this.em.findOne(
      Recovery,
      { link: id },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!recovery || recovery.emailKey !== null) return undefined;
    const link = await this.links.rekey(id);
    if (!link) return undefined;
    await this.#supersede(mailbox, recovery);
    const code = recovery.askedIn ? this.codes.issue(link) : undefined;
    recovery.arm(mailbox, code?.hash ?? null);
    return { ...link, ...(code && { code }), askedFrom: recovery.askedFrom ?? null };
  }

  async #supersede(mailbox: string, { link, askedFrom }: Recovery): Promise<void> {
    await tables(this.em)
      .updateTable('recoveries as r')
      .from('mailed_links as l')
      .set({ superseded_at: sqlNow })
      .whereRef('l.id', '=', 'r.link_id')
      .where('l.purpose', '=', 'recovery')
      .where('l.subject', 'in', this.mailboxes.subjectsOf(mailbox))
      .where('l.used_at', 'is', null)
      .where('l.replaced_at', 'is', null)
      .where('l.id', '!=', link.id)
      .where('r.email_key', 'is not', null)
      .where('r.superseded_at', 'is', null)
      .where('r.asked_from', '=', askedFrom ?? null)
      .execute();
  }

  /** The newest mail with a link that works, if one was written for the mailbox. */
  async liveLinkOf(mailbox: string): Promise<MailedLink | undefined> {
    const subject = { $in: this.mailboxes.subjectsOf(mailbox) };
    const link = { purpose: 'recovery' as const, subject, outcome: 'live' as const };
    const armed = { emailKey: { $ne: null }, supersededAt: null, link };
    const newest = { link: { createdAt: 'desc' as const } };
    const found = await this.em.findOne(Recovery, armed, { populate: ['link'], orderBy: newest });
    return found?.link;
  }

  /**
   * Names live requests by the current key, in the caller's transaction, so that a later one goes on
   * replacing them when the former key is taken away. @returns how many
   */
  async renameMailboxes(): Promise<number> {
    const link = { usedAt: null, replacedAt: null, endsAt: { $gt: await databaseNow(this.em) } };
    const named = { emailKey: { $ne: null }, link };
    const live = await this.em.find(Recovery, named, { populate: ['link'] });
    const outdated = live.filter(({ emailKey: mailbox, link: { subject } }) => {
      return subject !== this.mailboxes.subjectsOf(mailbox!)[0];
    });
    for (const recovery of outdated)
      recovery.link.subject = this.mailboxes.subjectsOf(recovery.emailKey!)[0]!;
    await this.em.flush();
    return outdated.length;
  }

  /** For the mailed URL. */
  async look(token: string | undefined): Promise<OpenedRecovery> {
    const opened = await this.#opened(await this.links.look('recovery', token));
    return opened.ok && opened.recovery.supersededAt
      ? { ok: false, reason: 'link-replaced' }
      : opened;
  }

  /** For what came past its URL, or its code: no newer mail voids it. */
  async lookById(id: string): Promise<OpenedRecovery> {
    return this.#opened(await this.links.lookById('recovery', id));
  }

  /**
   * Uses it up, in the caller's transaction, and with it all that is under way for its mailbox; of
   * parallel callers one succeeds. @returns why not
   */
  async use({ link, emailKey: mailbox }: Recovery): Promise<LinkRefusal | undefined> {
    await this.mailboxes.takeTurn(mailbox!);
    if (await this.links.use(link)) {
      await this.links.useAllOf('recovery', ...this.mailboxes.subjectsOf(mailbox!));
      return undefined;
    }
    const now = await this.links.lookById('recovery', link.id);
    return now.ok ? 'link-used' : now.reason;
  }

  async #opened(looked: LookedUp): Promise<OpenedRecovery> {
    if (!looked.ok) return { ok: false, reason: await this.#refusalOf(looked) };
    const recovery = await this.em.findOneOrFail(
      Recovery,
      { link: looked.link },
      { populate: ['link'], refresh: true },
    );
    return { ok: true, recovery };
  }

  /** `link-replaced` only where a newer one was mailed: the account may have been deleted instead. */
  async #refusalOf({ reason, link }: LookedUp & { ok: false }): Promise<LinkRefusal> {
    if (reason !== 'link-replaced' || !link) return reason;
    const { emailKey: mailbox } = await this.em.findOneOrFail(Recovery, { link });
    const subject = { $in: this.mailboxes.subjectsOf(mailbox ?? '') };
    const newer = { id: { $ne: link.id }, subject, createdAt: { $gte: link.createdAt } };
    const isReplaced = (await this.em.count(Recovery, { emailKey: mailbox, link: newer })) > 0;
    return isReplaced ? reason : 'link-unknown';
  }
}
