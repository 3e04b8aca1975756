import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { MailedLinks, type IssuedLink } from '../../auth/mailed-links/mailed-links.js';
import {
  holdCorporation,
  invitationsFrom,
  isAdministered,
} from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { ApplicationMails } from '../../mail/application-mails.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import { MailLimits, strangersMail, type MailRefusal } from '../../mail/mail-limits.js';
import { siteOf } from '../../web/requests/client-address.js';
import type { Visit } from '../../web/visit.js';
import { Appointment } from '../appointment.entity.js';
import { kindNeeded } from '../hold-case.js';
import { FactorWait } from '../factor-wait.js';
import { EntitledWitnesses } from '../objections/entitled-witnesses.js';
import { ACTIVATION, Enrollment, type EnrollmentKind } from '../enrollment.entity.js';

export type ActivationSentAgain = { ok: true } | { ok: false; reason: MailRefusal | 'not-waiting' };

/** An account whose mailbox waits to be proved, and its case; absent for one of a former version. */
export interface WaitingNewcomer {
  account: Account;
  enrollment: Enrollment | undefined;
}

@Injectable()
export class ActivationMails {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly mails: ApplicationMails,
    private readonly enrollmentMails: EnrollmentMails,
    private readonly limits: MailLimits,
    private readonly waits: FactorWait,
    private readonly entitled: EntitledWitnesses,
    private readonly audit: Audit,
  ) {}

  /** Undefined when the mailbox is proved, the case is over, or an administrator is there by now. */
  async waiting(accountId: string): Promise<WaitingNewcomer | undefined> {
    const found = await this.#registered(accountId);
    if (!found || (await this.#hasLost(found))) return undefined;
    const { account, enrollment } = found;
    const isOver = enrollment !== undefined && enrollment.stage !== 'awaiting-activation';
    const isNamed = account.passwordHash !== '' || (await this.#isNamed(accountId));
    return isOver || !isNamed ? undefined : found;
  }

  /**
   * For somebody whose application is over: the password still opens the way to begin anew, by the
   * door that the company has today.
   */
  async doorAfterEnd(accountId: string): Promise<EnrollmentKind | undefined> {
    const found = await this.#registered(accountId);
    if (!found?.enrollment || (await this.waiting(accountId))) return undefined;
    return kindNeeded(this.em, found.account.corporation.id);
  }

  async hasLiveLink(accountId: string): Promise<boolean> {
    return (await this.links.liveOf('activation', accountId)) !== undefined;
  }

  /** By another link about the same account, maybe. */
  async isActivated(id: string): Promise<boolean> {
    return (await this.em.count(Account, { id, activatedAt: { $ne: null } })) > 0;
  }

  /** Two of the desk named this person, and nobody decided the case otherwise since. */
  async #isNamed(account: string): Promise<boolean> {
    const enrollment = { state: 'objected' as const };
    const current = { account, confirmedAt: { $ne: null }, enrollment };
    return (await this.em.count(Appointment, current)) > 0;
  }

  /** A first registration whose company has an administrator by now, whoever that is. */
  async hasLost(accountId: string): Promise<boolean> {
    const found = await this.#registered(accountId);
    return found !== undefined && this.#hasLost(found);
  }

  /** Somebody without a password was named by the desk, and is asked for whoever else is there. */
  async #hasLost({ account, enrollment }: WaitingNewcomer): Promise<boolean> {
    if (enrollment?.kind === 'succession' || !account.passwordHash) return false;
    return isAdministered(this.em, account.corporation.id);
  }

  /** From when somebody of the company can invite, where nobody can yet. */
  async inviteFrom(accountId: string): Promise<Date | undefined> {
    const account = await this.em.findOne(Account, accountId);
    return account ? invitationsFrom(this.em, account.corporation.id) : undefined;
  }

  async #registered(accountId: string): Promise<WaitingNewcomer | undefined> {
    const registered = { id: accountId, state: 'registered' as const };
    const account = await this.em.findOne(Account, registered, {
      populate: ['passwordHash'],
      refresh: true,
    });
    if (!account) return undefined;
    const own = { account: accountId };
    const enrollment = await this.em.findOne(Enrollment, own, { refresh: true });
    // Once: to refresh it as well would ask for it twice each time, and its name is all that is used.
    await this.em.populate(account, ['corporation']);
    if (enrollment) await this.em.populate(enrollment, ['corporation']);
    return { account, enrollment: enrollment ?? undefined };
  }

  /** Issues a link and queues its mail, in the caller's transaction; older links are void. */
  async issue(accountId: string): Promise<void> {
    const { account, enrollment } = (await this.waiting(accountId))!;
    const isSuccession = enrollment?.kind === 'succession';
    const latest = enrollment?.activatableUntil;
    const link = await this.links.issue('activation', accountId, ACTIVATION, latest);
    if (isSuccession) return this.#welcome(account, enrollment, link);
    const appointed = { account: accountId };
    const appointment = await this.em.findOne(Appointment, appointed, { populate: ['enrollment'] });
    if (!appointment) {
      const standing = enrollment && (await this.#standingOf(enrollment));
      await this.mails.activation(account.addressee, link, enrollment, standing);
    } else {
      const { caseNumber } = appointment.enrollment;
      await this.enrollmentMails.administratorAppointed(account.addressee, link, caseNumber);
    }
  }

  async sendAgain(accountId: string, visit: Visit): Promise<ActivationSentAgain> {
    const waiting = await this.waiting(accountId);
    if (!waiting) return { ok: false, reason: 'not-waiting' };
    const { email, addressee } = waiting.account;
    const reason = await this.limits.takeAnother('application', email, strangersMail(visit));
    if (reason) return this.audit.refuse('activation-mail', reason, { ...addressee, visit });
    return inTransaction<ActivationSentAgain>(this.em, async () => {
      if (!(await this.send(accountId))) return { ok: false, reason: 'not-waiting' };
      return this.audit.done('activation-mail', { ...addressee, visit });
    });
  }

  /**
   * In the caller's transaction, for a mailbox whose mails the caller counts and in whose name the log
   * tells of it; false when it is over.
   */
  async send(accountId: string): Promise<boolean> {
    const before = await this.waiting(accountId);
    // Somebody may be taking over the place of a registration that ran out.
    if (before) await holdCorporation(this.em, before.account.corporation.id);
    const waiting = before && (await this.waiting(accountId));
    if (!waiting) return false;
    await this.issue(accountId);
    return true;
  }

  /**
   * For a request by whomever, in the caller's transaction: where no link lives, or a few times from the
   * network that applied. A newer link would void the one in the mailbox, and strangers must not.
   */
  async sendForRequest(accountId: string, address: string): Promise<void> {
    const waiting = await this.waiting(accountId);
    if (!waiting) return;
    await holdCorporation(this.em, waiting.account.corporation.id);
    const live = await this.links.liveOf('activation', accountId);
    if (!live || (await this.#mayRepeat(waiting, address))) await this.send(accountId);
  }

  /** Counted apart: what the page says about other limits must not tell that somebody applied. */
  async #mayRepeat({ account, enrollment }: WaitingNewcomer, address: string): Promise<boolean> {
    if (!enrollment || siteOf(enrollment.address) !== siteOf(address)) return false;
    return this.limits.takeBeyond('recovery', account.email, 'unfinished');
  }

  async #standingOf(enrollment: Enrollment) {
    const isObjected = (await this.entitled.waiting(enrollment)).length > 0;
    return { isGranted: enrollment.grantedAt != null, isObjected };
  }

  async #welcome(account: Account, enrollment: Enrollment, link: IssuedLink): Promise<void> {
    const others = await this.em.count(Account, {
      id: { $ne: account.id },
      corporation: account.corporation.id,
      emailKey: account.emailKey,
      state: ['active', 'suspended'],
    });
    const { caseNumber } = enrollment;
    const rule = await this.waits.ruleOf(enrollment);
    const isLoginIdTaken = account.shownLoginId === '';
    const standing = await this.#standingOf(enrollment);
    const facts = { caseNumber, isLoginIdTaken, otherId: others > 0, ...rule, ...standing };
    await this.mails.administratorWelcome(account.addressee, link, enrollment, facts);
  }
}
