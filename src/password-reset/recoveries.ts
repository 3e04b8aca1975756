import { createHmac, randomInt } from 'node:crypto';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { LinkRefusal, MailedLink } from '../auth/mailed-links/mailed-link.entity.js';
import { MailedLinks, type IssuedLink, type LookedUp } from '../auth/mailed-links/mailed-links.js';
import { Config } from '../config.js';
import { after, databaseNow, sqlBefore, sqlNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { emailKey } from '../identity/login-id.js';
import { Recovery } from './recovery.entity.js';

const VALID = { hours: 24 };
const CODE_TRIES = 5;
const CODE_VALID = { minutes: 15 };
/** Without letters and digits that are mistaken for each other. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;

export type OpenedRecovery = { ok: true; recovery: Recovery } | { ok: false; reason: LinkRefusal };

/**
 * Recoveries of lost IDs and passwords: one live link for each mailbox, valid for 24 hours, and a
 * code that does the same. Only hashes of both are stored.
 */
@Injectable()
export class Recoveries {
  readonly #keys: Buffer[];

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
  ) {
    this.#keys = config.keysFor('recovery');
  }

  /**
   * Begins a request in the caller's transaction and voids the older ones of the mailbox. The link's
   * first key is never mailed: `arm` gives it another one when the mail is written.
   */
  async begin(email: string): Promise<IssuedLink> {
    await this.replace(email);
    const link = await this.links.issue('recovery', this.#mailboxesOf(email)[0]!, VALID);
    this.em.create(Recovery, { link: link.id });
    await this.em.flush();
    return link;
  }

  /** Until when a link would work that was sent now. */
  async deadline(): Promise<Date> {
    return after(await databaseNow(this.em), VALID);
  }

  /** Gives a request of a known mailbox its link's key and the code, once; nothing when it is over. */
  async arm(id: string, mailbox: string): Promise<(IssuedLink & { code: string }) | undefined> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const recovery = await this.em.findOne(Recovery, { link: id }, { lockMode });
    if (!recovery || recovery.emailKey !== null) return undefined;
    const link = await this.links.rekey(id);
    if (!link) return undefined;
    const code = newCode();
    recovery.arm(mailbox, this.#hashesOfCode(id, code)[0]!);
    return { ...link, code };
  }

  /** A mail with a link that works was written for the mailbox. */
  async liveLinkOf(mailbox: string): Promise<MailedLink | undefined> {
    const subject = { $in: this.#mailboxesOf(mailbox) };
    const link = { purpose: 'recovery' as const, subject, outcome: 'live' as const };
    const armed = { emailKey: { $ne: null }, link };
    const found = await this.em.findOne(Recovery, armed, { populate: ['link'] });
    return found?.link;
  }

  /** Voids what is under way for a mailbox, e.g. because the password was changed otherwise. */
  async replace(email: string): Promise<void> {
    for (const mailbox of this.#mailboxesOf(email)) await this.links.replace('recovery', mailbox);
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
      return subject !== this.#mailboxesOf(mailbox!)[0];
    });
    for (const recovery of outdated)
      recovery.link.subject = this.#mailboxesOf(recovery.emailKey!)[0]!;
    await this.em.flush();
    return outdated.length;
  }

  async look(token: string | undefined): Promise<OpenedRecovery> {
    return this.#opened(await this.links.look('recovery', token));
  }

  async lookById(id: string): Promise<OpenedRecovery> {
    return this.#opened(await this.links.lookById('recovery', id));
  }

  /**
   * Finds the live request of a mailbox by its code. A try is counted before it is compared, for
   * every mailbox that was asked for: five in all, within 15 minutes of the first.
   */
  async findByCode(email: string, code: string): Promise<Recovery | undefined> {
    const tried = await tables(this.em)
      .updateTable('recoveries as r')
      .from('mailed_links as l')
      .set(({ eb, fn }) => ({
        code_tries: eb('r.code_tries', '+', 1),
        code_first_tried_at: fn.coalesce('r.code_first_tried_at', sqlNow),
      }))
      .whereRef('l.id', '=', 'r.link_id')
      .where('l.purpose', '=', 'recovery')
      .where('l.subject', 'in', this.#mailboxesOf(email))
      .where('l.used_at', 'is', null)
      .where('l.replaced_at', 'is', null)
      .where('l.ends_at', '>', sqlNow)
      .where('r.code_tries', '<', CODE_TRIES)
      .where(({ eb, fn }) =>
        eb(fn.coalesce('r.code_first_tried_at', sqlNow), '>', sqlBefore(CODE_VALID)),
      )
      .returning(['r.link_id as id', 'r.code_hash as hash'])
      .executeTakeFirst();
    if (!tried?.hash) return undefined;
    const { id, hash } = tried;
    if (!this.#hashesOfCode(id, code).some((own) => own.equals(hash))) return undefined;
    const opened = await this.lookById(id);
    return opened.ok ? opened.recovery : undefined;
  }

  /** Uses it up, in the caller's transaction; of parallel callers one succeeds. @returns why not */
  async use({ link }: Recovery): Promise<LinkRefusal | undefined> {
    if (await this.links.use(link)) return undefined;
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
    const subject = { $in: this.#mailboxesOf(mailbox ?? '') };
    const newer = { id: { $ne: link.id }, subject, createdAt: { $gte: link.createdAt } };
    const isReplaced = (await this.em.count(Recovery, { emailKey: mailbox, link: newer })) > 0;
    return isReplaced ? reason : 'link-unknown';
  }

  /**
   * Names a mailbox in the table, in hex; unknown addresses leave no trace that can be read. Behind
   * the current key's name stands the former one's while a key is exchanged.
   */
  #mailboxesOf(email: string): string[] {
    return this.#digests(emailKey(email)).map((digest) => digest.toString('hex'));
  }

  /** Codes are short, so their hash is keyed: the table alone does not give them away. */
  #hashesOfCode(id: string, code: string): Buffer[] {
    return this.#digests(`${id}:${code}`);
  }

  #digests(text: string): Buffer[] {
    return this.#keys.map((key) => createHmac('sha256', key).update(text).digest());
  }
}

function newCode(): string {
  return Array.from(
    { length: CODE_LENGTH },
    () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)],
  ).join('');
}
