import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { MailedLinks, type IssuedLink } from '../auth/mailed-links/mailed-links.js';
import { usableAdministrators } from '../corporations/hold-corporation.js';
import { after, databaseNow } from '../database/clock.js';
import { Account } from '../identity/account.entity.js';
import { EnrollmentMails } from '../mail/enrollment-mails.js';
import { MailDelivery } from '../mail/mail-delivery.entity.js';
import type { Addressee } from '../mail/mails.js';
import { applicationFacts } from './case-view.js';
import type { Enrollment } from './enrollment.entity.js';
import { Witness } from './witness.entity.js';

/** How long a link to object works, or longer, as long as the case is not decided. */
const OBJECTION = { days: 30 };

export const TOLD = { delivery: { $ne: null } };

type Which = { delivery?: null } | typeof TOLD;

/** Everybody who may object to a case, and how they hear of it. */
@Injectable()
export class Witnesses {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly mails: EnrollmentMails,
  ) {}

  /**
   * Writes down, in the transaction that begins a case, who may object to it: whoever can sign in
   * as the company's administrator now, and the billing contact of the master data. A case that
   * had to wait again keeps those from before.
   */
  async writeDown(enrollment: Enrollment): Promise<void> {
    const { id, billingEmail } = enrollment.corporation!;
    const endsAt = after(await databaseNow(this.em), OBJECTION);
    const before = await this.#of(enrollment);
    const known = new Set(before.map(({ account }) => account?.id ?? null));
    for (const accountId of await usableAdministrators(this.em, id)) {
      if (known.has(accountId)) continue;
      const account = this.em.getReference(Account, accountId);
      this.em.create(Witness, { enrollment, account, endsAt });
    }
    if (billingEmail && !known.has(null))
      this.em.create(Witness, { enrollment, email: billingEmail, endsAt });
    await this.em.flush();
  }

  async tell(enrollment: Enrollment): Promise<void> {
    for (const witness of await this.#of(enrollment, { delivery: null })) {
      const { token, endsAt } = await this.#issue(witness);
      const delivery = await this.mails.administratorAdded(
        witness.addressee,
        applicationFacts(enrollment),
        {
          token,
          endsAt,
          releaseAt: enrollment.releaseAt ?? undefined,
          isBillingContact: !witness.account,
        },
      );
      witness.delivery = this.em.getReference(MailDelivery, delivery);
    }
    await this.em.flush();
  }

  /**
   * The key of a fresh link to object, for the mail that tells a person what somebody did to the
   * account, in the caller's transaction.
   * @returns undefined unless a newcomer did it to a witness of the own case
   */
  async linkFor(actorId: string, targetId: string): Promise<string | undefined> {
    const stage = 'probation' as const;
    const witness = await this.em.findOne(Witness, {
      account: targetId,
      enrollment: { account: actorId, stage },
    });
    return witness ? (await this.#issue(witness)).token : undefined;
  }

  /** False until the mailbox is proved, where too many applications came that day. */
  async isAnybodyTold(enrollment: Enrollment): Promise<boolean> {
    return (await this.em.count(Witness, { enrollment: enrollment.id, ...TOLD })) > 0;
  }

  /** For the mails about the case: all of them whose account is not deleted. */
  async addressees(enrollment: Enrollment, which: Which = {}): Promise<Addressee[]> {
    const witnesses = await this.#of(enrollment, which);
    return witnesses
      .filter(({ account }) => account?.state !== 'deleted')
      .map(({ addressee }) => addressee);
  }

  #of(enrollment: Enrollment, which: Which = {}): Promise<Witness[]> {
    return this.em.find(
      Witness,
      { enrollment: enrollment.id, ...which },
      {
        populate: ['account.corporation', 'enrollment.corporation'],
        orderBy: { account: { createdAt: 'asc' } },
      },
    );
  }

  /** A newer link replaces the older one, which shows the same case for as long. */
  async #issue(witness: Witness): Promise<IssuedLink> {
    const issued = await this.links.issue('objection', witness.id, OBJECTION);
    witness.endsAt = issued.endsAt;
    return issued;
  }
}
