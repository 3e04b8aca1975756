import { EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { MailedLinks, type IssuedLink } from '../auth/mailed-links/mailed-links.js';
import { DeskCases } from '../cases/desk-cases.js';
import { usableAdministrators } from '../corporations/hold-corporation.js';
import { after, databaseNow } from '../database/clock.js';
import { HOUR_SECONDS } from '../durations.js';
import { Account } from '../identity/account.entity.js';
import { emailKey } from '../identity/login-id.js';
import { EnrollmentMails, type Probation } from '../mail/enrollment-mails.js';
import type { RemovalObjection } from '../mail/member-mails.js';
import { MailDelivery } from '../mail/mail-delivery.entity.js';
import type { Addressee } from '../mail/mail-queue.js';
import { applicationFacts } from './case-view.js';
import { withoutDismissed } from './dismissed-witnesses.js';
import { matterOf } from './desk-matter.js';
import type { Enrollment } from './enrollment.entity.js';
import { FactorWait } from './factor-wait.js';
import { Witness } from './witness.entity.js';

/** How long a link to object works, or longer, as long as the case is not decided. */
const OBJECTION = { days: 30 };

/** Written to, and the mail did not come back as far as anybody knows. */
export const TOLD = { delivery: { state: { $nin: ['bounced' as const, 'suppressed' as const] } } };

const UNTOLD = { delivery: null };

type Which = FilterQuery<Witness>;

@Injectable()
export class Witnesses {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly mails: EnrollmentMails,
    private readonly waits: FactorWait,
    private readonly cases: DeskCases,
  ) {}

  /**
   * Writes down, in the transaction that begins a case, who may object to it: whoever
   * administers the company now and is no newcomer, and the billing contact of the master
   * data. A case that had to wait keeps its administrators from before, whom the newcomer of the
   * case that ran may have deleted, and everybody who objected already.
   */
  async writeDown(enrollment: Enrollment): Promise<void> {
    const { billingEmail } = enrollment.corporation!;
    const now = await databaseNow(this.em);
    const endsAt = after(now, OBJECTION);
    const before = await this.#of(enrollment);
    const known = new Set(before.map(({ account, email }) => account?.id ?? email));
    for (const account of await this.#administrators(enrollment))
      if (!account.isNewcomer(now) && !known.has(account.id))
        this.em.create(Witness, { enrollment, account, endsAt });
    for (const witness of before)
      if (witness.isFormerContact(billingEmail)) this.em.remove(witness);
    if (billingEmail && !known.has(billingEmail))
      this.em.create(Witness, { enrollment, email: billingEmail, endsAt });
    await this.em.flush();
  }

  /** The contact of today may object to a case that runs; the one of its beginning still may. */
  async addBillingContact(enrollment: Enrollment): Promise<void> {
    const email = enrollment.corporation!.billingEmail;
    if (!email || (await this.em.count(Witness, { enrollment: enrollment.id, email })) > 0) return;
    const endsAt = after(await databaseNow(this.em), OBJECTION);
    await this.em.persist(this.em.create(Witness, { enrollment, email, endsAt })).flush();
  }

  tell(enrollment: Enrollment): Promise<void> {
    return this.#tell(enrollment, UNTOLD);
  }

  /** Also those who heard of the application hear who came in; not where an objection waited. */
  async tellOfActivation(enrollment: Enrollment): Promise<void> {
    await this.#tell(enrollment, enrollment.state === 'objected' ? UNTOLD : {});
  }

  async #tell(enrollment: Enrollment, which: Which): Promise<void> {
    const facts = applicationFacts(enrollment);
    const probation = this.#probationOf(enrollment);
    const { release, hours: waitHours } = await this.waits.ruleOf(enrollment);
    for (const witness of await this.#of(enrollment, which)) {
      const delivery = await this.mails.administratorAdded(witness.addressee, facts, probation, {
        ...(await this.#issue(witness)),
        release,
        waitHours,
        isBillingContact: !witness.account,
      });
      witness.delivery = this.em.getReference(MailDelivery, delivery);
    }
    await this.em.flush();
  }

  /**
   * The mailbox is proved: newcomers of other cases hear of it, who decide nothing about it, and
   * where nobody at all may object, the desk does.
   */
  async tellOthers(enrollment: Enrollment): Promise<void> {
    const facts = applicationFacts(enrollment);
    const probation = this.#probationOf(enrollment);
    const now = await databaseNow(this.em);
    for (const account of await this.#administrators(enrollment))
      if (account.isNewcomer(now) && account !== enrollment.account)
        await this.mails.administratorAdded(account.addressee, facts, probation);
    const entitled = await withoutDismissed(this.em, await this.#of(enrollment));
    if (entitled.length > 0) return;
    await this.cases.open(matterOf('untold', enrollment));
    await this.mails.unwitnessedForDesk(facts);
  }

  /** The end is known once the mailbox is proved; before, only how long the probation lasts. */
  #probationOf({ probationEndsAt }: Enrollment): Probation {
    const hours = this.config.enrollmentProbation / 1000 / HOUR_SECONDS;
    return { probationEndsAt: probationEndsAt ?? null, hours };
  }

  /**
   * A fresh link to object, for the mail that tells a person what somebody did to the
   * account, and until when it stops the newcomer at once, in the caller's transaction.
   * @returns undefined unless a newcomer did it to a witness of the own case
   */
  async linkFor(actorId: string, targetId: string): Promise<RemovalObjection | undefined> {
    const stage = 'probation' as const;
    const enrollment = { account: actorId, stage };
    const by = { account: targetId, enrollment };
    const witness = await this.em.findOne(Witness, by, { populate: ['enrollment'] });
    if (!witness) return undefined;
    const { token, endsAt } = await this.#issue(witness);
    const { probationEndsAt, caseNumber } = witness.enrollment;
    return { token, endsAt, stopsUntil: probationEndsAt!, caseNumber };
  }

  /** False until the mailbox is proved, where too many applications came that day, and where all mails came back. */
  async isAnybodyTold(enrollment: Enrollment): Promise<boolean> {
    const told = await withoutDismissed(this.em, await this.#of(enrollment, TOLD));
    return told.length > 0;
  }

  /** For the mails about the case: all of them whose account is not deleted. */
  async addressees(enrollment: Enrollment, which: Which = {}): Promise<Addressee[]> {
    const witnesses = await this.#of(enrollment, which);
    return witnesses
      .filter(({ account }) => account?.state !== 'deleted')
      .map(({ addressee }) => addressee);
  }

  /** The decision is told to whoever gets the invoices now, too: nobody may read the mailbox of before. */
  async readersOfDecision(enrollment: Enrollment): Promise<Addressee[]> {
    const told = await this.addressees(enrollment);
    const { billingEmail } = enrollment.corporation!;
    if (!billingEmail || told.some(({ email }) => emailKey(email) === emailKey(billingEmail)))
      return told;
    return [...told, enrollment.corporation!.contactAt(billingEmail)];
  }

  /** With those whom the desk keeps out for the moment: often somebody's sign-in was stolen. */
  async #administrators({ corporation }: Enrollment): Promise<Account[]> {
    const usable = await usableAdministrators(this.em, corporation!.id);
    const frozen = { role: 'administrator', state: 'suspended', frozenByDesk: true } as const;
    const either = { $or: [{ id: { $in: usable } }, { corporation: corporation!.id, ...frozen }] };
    return this.em.find(Account, either, { populate: ['corporation'] });
  }

  #of(enrollment: Enrollment, which: Which = {}): Promise<Witness[]> {
    return this.em.find(
      Witness,
      { $and: [{ enrollment: enrollment.id }, which] },
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
