import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { MailedLinks } from '../auth/mailed-links/mailed-links.js';
import { AccountAccess } from '../auth/sign-in/account-access.js';
import { isAdministered, usableAdministrators } from '../corporations/hold-corporation.js';
import { databaseNow } from '../database/clock.js';
import { Account } from '../identity/account.entity.js';
import { EnrollmentMails, type CaseDecision } from '../mail/enrollment-mails.js';
import type { Addressee } from '../mail/mail-queue.js';
import { Appointment } from './appointment.entity.js';
import { applicationFacts, newcomerOf } from './case-view.js';
import { authorOf } from './desk-act.js';
import { Enrollment } from './enrollment.entity.js';
import { FactorWait } from './factor-wait.js';
import { findCase } from './hold-case.js';
import { NewcomerActs } from './newcomer-acts.js';
import { removeUnstarted } from './registered-account.js';
import { Witnesses } from './witnesses.js';

/**
 * How a newcomer is stopped, let stay and sent away, in the caller's transaction and under the company's held
 * row. Once stopped or sent away, everybody whom the newcomer deleted or suspended is as before.
 */
@Injectable()
export class CaseEnds {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccountAccess,
    private readonly links: MailedLinks,
    private readonly waits: FactorWait,
    private readonly witnesses: Witnesses,
    private readonly mails: EnrollmentMails,
    private readonly newcomerActs: NewcomerActs,
    private readonly audit: Audit,
  ) {}

  /** An objection: the newcomer sees nothing but the case until the desk decides. */
  async stop(enrollment: Enrollment): Promise<void> {
    enrollment.object(await databaseNow(this.em));
    const { account } = enrollment;
    if (!account) return this.em.flush();
    const wasIn = account.state === 'active';
    await this.#freeze(account);
    if (wasIn) await this.newcomerActs.tellLog('account-suspension', account, enrollment);
    await this.newcomerActs.undo(enrollment);
  }

  /** The desk: the newcomer is an administrator like any other, also one who was stopped before coming in. */
  async letStay(enrollment: Enrollment, why: string): Promise<void> {
    const now = await databaseNow(this.em);
    await this.#tell(enrollment, { upheld: true, appointed: '', why, decidedAt: now });
    const account = enrollment.account!;
    enrollment.approve(now);
    if (!enrollment.activatedAt) await this.links.replace('activation', account.id);
    account.stayAfterCase(now);
    await this.em.flush();
    await this.endRegistrations(enrollment.corporation!.id);
  }

  /**
   * Somebody came to act as administrator: first registrations that nobody proved until now are over
   * for good, whatever becomes of that administrator.
   */
  async endRegistrations(corporation: string): Promise<void> {
    const waiting = { corporation, kind: 'initial', state: 'awaiting-activation' } as const;
    const now = await databaseNow(this.em);
    for (const enrollment of await this.em.find(Enrollment, waiting)) enrollment.expire(now);
    await this.em.flush();
  }

  /**
   * The desk: the account is deleted, or gone where its mailbox was never proved.
   * @param appointed the person whom the company was given to instead, or ''
   */
  async sendAway(enrollment: Enrollment, why: string, appointed = ''): Promise<void> {
    const { account } = enrollment;
    const now = await databaseNow(this.em);
    // A mail to the newcomer names the account, which may be gone afterwards.
    await this.#tell(enrollment, { upheld: false, appointed, why, decidedAt: now });
    enrollment.refuse(now);
    if (!account) return;
    await this.#freeze(account);
    await this.newcomerActs.undo(enrollment);
    if (enrollment.activatedAt) account.endInCase(now);
    await this.em.flush();
    if (!enrollment.activatedAt) await this.em.nativeDelete(Account, { id: account.id });
    await this.#endHolds(enrollment.corporation!.id, now);
  }

  /** Whom two of the desk named came in, and takes the newcomer's place. */
  async giveWay(appointment: Appointment): Promise<void> {
    const { name, confirmedBy, confirmedReason } = appointment;
    const { id } = appointment.enrollment;
    const why = confirmedReason ?? '';
    const enrollment = (await findCase(this.em, { id }))!;
    await this.sendAway(enrollment, why, name);
    const { account, corporation, caseNumber, activatedAt } = enrollment;
    if (!account || !activatedAt) return;
    const facts = { target: account.id, caseNumber, ...authorOf({ operator: confirmedBy!, why }) };
    await this.audit.done('account-deletion', { corporationId: corporation!.id }, facts);
  }

  /** Nobody takes the company over by the desk's word any more, and the mailed link is dead. */
  async takeBackAppointment({ id }: Enrollment): Promise<Appointment | undefined> {
    const populate = ['account'] as const;
    const former = await this.em.findOne(Appointment, { enrollment: id }, { populate });
    if (!former) return undefined;
    const { account } = former;
    await this.em.remove(former).flush();
    if (account) {
      await this.links.replace('activation', account.id);
      await removeUnstarted(this.em, account);
    }
    return former;
  }

  /** Nobody is left who could approve other newcomers: only the wait for the second factor goes on. */
  async #endHolds(corporation: string, now: Date): Promise<void> {
    if (await isAdministered(this.em, corporation)) return;
    const held = await this.em.find(
      Enrollment,
      { corporation, stage: ['awaiting-activation', 'held'], releaseAt: { $gt: now } },
      { populate: ['account', 'corporation'], refresh: true },
    );
    for (const enrollment of held) {
      enrollment.endHold(now, await this.waits.of(enrollment));
      const { account, activatedAt, releaseAt: heldUntil = null } = enrollment;
      const { probationEndsAt = null } = enrollment;
      if (activatedAt) account!.activate(activatedAt, { heldUntil, probationEndsAt });
    }
    await this.em.flush();
  }

  /** An objection was promised its result by mail: also one to an application that the desk reviewed. */
  async tellOfReview(reviewed: Enrollment, granted: boolean): Promise<void> {
    const end = { granted, decidedAt: await databaseNow(this.em) };
    for (const to of await this.witnesses.addressees(reviewed))
      await this.mails.applicationDecided(to, applicationFacts(reviewed), end);
  }

  async #tell(enrollment: Enrollment, decision: CaseDecision): Promise<void> {
    const facts = applicationFacts(enrollment);
    if (!enrollment.isErased)
      await this.mails.deskDecided(newcomerOf(enrollment), facts, decision, { isNewcomer: true });
    const told = await this.witnesses.readersOfDecision(enrollment);
    for (const to of [...told, ...(await this.#otherAdministrators(enrollment, told))])
      await this.mails.deskDecided(to, facts, decision, { isNewcomer: false });
  }

  /**
   * Who administers the company now is told, witness or not, but for those whom it is about, and for
   * newcomers on probation, who learn nothing of each other.
   */
  async #otherAdministrators(
    { id, account, corporation }: Enrollment,
    told: Addressee[],
  ): Promise<Addressee[]> {
    const appointment = await this.em.findOne(Appointment, { enrollment: id });
    const known = [account?.id, appointment?.account?.id, ...told.map((one) => one.accountId)];
    const usable = await usableAdministrators(this.em, corporation!.id);
    const others = usable.filter((one) => !known.includes(one));
    const found = await this.em.find(Account, { id: others }, { populate: ['corporation'] });
    const now = await databaseNow(this.em);
    return found.filter((one) => !one.isNewcomer(now)).map(({ addressee }) => addressee);
  }

  async #freeze(account: Account): Promise<void> {
    account.stopByCase();
    await this.em.flush();
    await this.access.endSessionsOf(account.id);
    await this.links.replace('activation', account.id);
  }
}
