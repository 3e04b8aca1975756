import { randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { AuditEntry } from '../../audit/audit-entry.entity.js';
import { Audit } from '../../audit/audit.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { emailKey } from '../../identity/login-id.js';
import { MemberMails } from '../../mail/member-mails.js';
import { Invitation, personKey, type Invited } from './invitation.entity.js';

const VALID = { days: 7 };

type Facts = AuditEntry['facts'];

/** Writes invitations, in the caller's transaction. The newest to a person voids the older one. */
@Injectable()
export class IssuedInvitations {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly mails: MemberMails,
    private readonly audit: Audit,
  ) {}

  /** @returns the invitation's id */
  async issueOne(
    inviter: SignedIn,
    invited: Invited,
    now: Date,
    facts: Facts = {},
  ): Promise<string> {
    const [id] = await this.issue(inviter, [invited], now, [facts]);
    return id!;
  }

  /**
   * Gives people live links, in as few statements as for one of them, and logs each by the act that
   * other administrators are told of.
   * @param facts for the log, of each in their order
   */
  async issue(
    inviter: SignedIn,
    people: readonly Invited[],
    now: Date,
    facts: readonly Facts[],
  ): Promise<string[]> {
    const { corporationId, corporationName, accountId } = inviter;
    const { language } = inviter.visit;
    await this.#replaceOlder(corporationId, people, now);
    // Those of one moment are listed by their ids: in the order of the file.
    const ids = people.map(() => randomUUID()).sort();
    const links = await this.links.issueAll('invitation', ids, VALID);
    const letters = people.map(({ name, email }, place) => {
      const to = { corporationId, corporationName, name, email, language };
      return { to, link: links[place]! };
    });
    const deliveries = await this.mails.invitations(letters, inviter.name);
    const rows = people.map((invited, place) => ({
      ...invited,
      id: ids[place]!,
      corporation: corporationId,
      invitedBy: accountId,
      emailKey: emailKey(invited.email),
      delivery: deliveries[place]!,
      createdAt: now,
      endsAt: links[place]!.endsAt,
    }));
    await this.em.insertMany(Invitation, rows);
    const logged = ids.map((invitation, place) => ({ invitation, ...facts[place] }));
    await this.audit.doneForEach('invitation', inviter, logged);
    return ids;
  }

  /** Several people may share a mailbox, so only those to the same names are the same people's. */
  async #replaceOlder(corporation: string, people: readonly Invited[], now: Date): Promise<void> {
    const open = { usedAt: null, replacedAt: null, cancelledAt: null };
    const mailboxes = { $in: people.map(({ email }) => emailKey(email)) };
    const invited = new Set(people.map(personKey));
    const waiting = await this.em.find(Invitation, { corporation, emailKey: mailboxes, ...open });
    const older = waiting.filter((invitation) => invited.has(personKey(invitation)));
    for (const invitation of older) invitation.replace(now);
    await this.links.replace('invitation', ...older.map(({ id }) => id));
    await this.em.flush();
  }
}
