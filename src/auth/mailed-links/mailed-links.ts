import { randomUUID } from 'node:crypto';
import { EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { after, databaseNow, sqlNow, type Span } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { noteProven, ownerOfCookies } from '../../web/proven-cookies.js';
import { hashOf, newSecret } from '../secrets.js';
import { ownerOfLink } from './link-owner.js';
import { MailedLink, type LinkPurpose, type LinkRefusal } from './mailed-link.entity.js';

export type LookedUp =
  | { ok: true; link: MailedLink }
  /** `link` no longer works; it is absent when its key was never mailed. */
  | { ok: false; reason: LinkRefusal; link?: MailedLink };

export interface IssuedLink {
  id: string;
  /** The end of the mail's URL; stored nowhere. */
  token: string;
  endsAt: Date;
}

/**
 * The links in mails, for all purposes. Only a hash of the key is stored, the newest link about a
 * subject replaces its older ones, the database's clock decides about the deadline, and one
 * statement uses a link up.
 */
@Injectable()
export class MailedLinks {
  constructor(private readonly em: EntityManager) {}

  /**
   * Issues a key in the caller's transaction and voids the older one about the same subject.
   * @param latest the link ends then, even when its span is not over
   */
  async issue(
    purpose: LinkPurpose,
    subject: string,
    span: Span,
    latest?: Date | null,
  ): Promise<IssuedLink> {
    // Of two requests at once, the later one replaces the earlier one's link.
    await this.takeTurn(purpose, subject);
    await this.replace(purpose, subject);
    const token = newSecret();
    const end = after(await databaseNow(this.em), span);
    const endsAt = latest && latest < end ? latest : end;
    const link = this.em.create(MailedLink, { purpose, subject, tokenHash: hashOf(token), endsAt });
    await this.em.flush();
    return { id: link.id, token, endsAt };
  }

  /** Lets one at a time decide about a subject's links, until the caller's transaction ends. */
  async takeTurn(purpose: LinkPurpose, subject: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${purpose}:${subject}`}, 0))`.execute(
      tables(this.em),
    );
  }

  /** Issues a key for each of many subjects, beside older ones about it, in the caller's transaction. */
  async issueAll(
    purpose: LinkPurpose,
    subjects: readonly string[],
    span: Span,
  ): Promise<IssuedLink[]> {
    const endsAt = after(await databaseNow(this.em), span);
    const issued = subjects.map(() => ({ id: randomUUID(), token: newSecret(), endsAt }));
    const rows = issued.map(({ id, token }, place) => {
      return { id, purpose, subject: subjects[place]!, tokenHash: hashOf(token), endsAt };
    });
    await this.em.insertMany(MailedLink, rows);
    return issued;
  }

  async replace(purpose: LinkPurpose, ...subjects: string[]): Promise<boolean> {
    return (await this.#void({ purpose, subject: { $in: subjects } })) > 0;
  }

  /** Lets the links speak of something else, in the caller's transaction: what they spoke of is gone. */
  async moveTo(subject: string, purpose: LinkPurpose, former: string): Promise<void> {
    await this.em.nativeUpdate(MailedLink, { purpose, subject: former }, { subject });
  }

  async #void(which: FilterQuery<MailedLink>): Promise<number> {
    const replacedAt = await databaseNow(this.em);
    return this.em.nativeUpdate(
      MailedLink,
      { $and: [which, { usedAt: null, replacedAt: null }] },
      { replacedAt },
    );
  }

  /** Looks without changing anything, as a GET must. */
  async look(purpose: LinkPurpose, token: string | undefined): Promise<LookedUp> {
    const found = await this.#state({ purpose, tokenHash: hashOf(token ?? '') });
    if (token && found.ok) {
      const known = ownerOfCookies([token]);
      noteProven(token, known ?? (await ownerOfLink(this.em, found.link)));
    }
    return found;
  }

  async lookById(purpose: LinkPurpose, id: string): Promise<LookedUp> {
    return this.#state({ purpose, id });
  }

  async liveOf(purpose: LinkPurpose, subject: string): Promise<MailedLink | undefined> {
    const live = { purpose, subject, usedAt: null, replacedAt: null, outcome: 'live' as const };
    return (await this.em.findOne(MailedLink, live, { refresh: true })) ?? undefined;
  }

  /** Uses the link up, in the caller's transaction; of parallel callers one succeeds. */
  async use(link: Pick<MailedLink, 'id'>): Promise<boolean> {
    const used = await tables(this.em)
      .updateTable('mailed_links')
      .set({ used_at: sqlNow })
      .where('id', '=', link.id)
      .where('used_at', 'is', null)
      .where('replaced_at', 'is', null)
      .where('ends_at', '>', sqlNow)
      .executeTakeFirst();
    return used.numUpdatedRows > 0n;
  }

  /** Uses up all live links about these subjects, in the caller's transaction. */
  async useAllOf(purpose: LinkPurpose, ...subjects: string[]): Promise<void> {
    const usedAt = await databaseNow(this.em);
    const live = { usedAt: null, replacedAt: null, endsAt: { $gt: usedAt } };
    const those = { purpose, subject: { $in: subjects }, ...live };
    await this.em.nativeUpdate(MailedLink, those, { usedAt });
  }

  /**
   * Gives a live link another key, in the caller's transaction: for a mail that is written after
   * the page that causes it was answered. @returns nothing when the link is over
   */
  async rekey(id: string): Promise<(IssuedLink & { createdAt: Date }) | undefined> {
    const token = newSecret();
    const rekeyed = await tables(this.em)
      .updateTable('mailed_links')
      .set({ token_hash: hashOf(token) })
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .where('replaced_at', 'is', null)
      .where('ends_at', '>', sqlNow)
      .returning(['created_at', 'ends_at'])
      .executeTakeFirst();
    return rekeyed && { id, token, createdAt: rekeyed.created_at, endsAt: rekeyed.ends_at };
  }

  async #state(
    which: Partial<Pick<MailedLink, 'purpose' | 'tokenHash' | 'id'>>,
  ): Promise<LookedUp> {
    const link = await this.em.findOne(MailedLink, which, { refresh: true });
    if (!link) return { ok: false, reason: 'link-unknown' };
    return link.refusal ? { ok: false, reason: link.refusal, link } : { ok: true, link };
  }
}
