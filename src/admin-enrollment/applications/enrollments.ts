import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { holdCorporation, isClosed } from '../../corporations/hold-corporation.js';
import type { ProvenCorporation } from '../../corporations/judged-proof.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import type { Visit } from '../../web/visit.js';
import type { Applicant, Cause } from '../applicant.js';
import { CaseTurns } from '../case-turns.js';
import { applicationFacts } from '../case-view.js';
import { ACTS } from '../enrollment-acts.js';
import { Enrollment, type EnrollmentKind } from '../enrollment.entity.js';
import { holdCase, kindNeeded } from '../hold-case.js';
import type { CompanyObstacle } from '../obstacle-page.js';
import { removeUnstarted } from '../registered-account.js';
import { TOLD, Witnesses } from '../witnesses.js';
import { ApplicationQueue } from './application-queue.js';
import { CaseStart, type MailboxProof } from './case-start.js';
import { newCase } from './new-case.js';

export type EnrollmentRefusal = CompanyObstacle | 'login-id-taken';

export type Enrolled =
  /** `accountId` null for one that the desk let begin, and that waits behind another one. */
  | { ok: true; enrollmentId: string; accountId: string | null; caseNumber: string }
  | { ok: false; reason: EnrollmentRefusal | 'corporation-closed' };

type Withdrawal = 'canBeWithdrawn' | 'canBeTakenBack' | 'canBeDenied';

/** Beyond so many that nobody proved, numbers are compared behind a mailed link. */
const UNPROVED = 5;

/**
 * Both ways to become a company's administrator with its two numbers: as the first one, where a
 * registration holds nothing until its mailbox is proved, or as one more because the others left.
 */
@Injectable()
export class Enrollments {
  constructor(
    private readonly em: EntityManager,
    private readonly starts: CaseStart,
    private readonly queue: ApplicationQueue,
    private readonly turns: CaseTurns,
    private readonly links: MailedLinks,
    private readonly witnesses: Witnesses,
    private readonly mails: EnrollmentMails,
    private readonly audit: Audit,
  ) {}

  /**
   * So many successions wait for the proof of their mailbox that others go on by mail, where nothing
   * stands at the company before the proof. Ask under the company's held row where one begins.
   */
  async isCrowded(kind: EnrollmentKind, corporateNumber: string): Promise<boolean> {
    if (kind === 'initial') return false;
    const unproved = { stage: 'awaiting-activation', mailboxProvedAt: null } as const;
    const ofCompany = { corporation: { corporateNumber } };
    return (await this.em.count(Enrollment, { kind, ...ofCompany, ...unproved })) >= UNPROVED;
  }

  /**
   * Why nobody can apply in this way for this company now; undefined when somebody can. No case closes
   * a door or opens one, or whoever has an invoice would close the company to others, or read it here.
   */
  async obstacle(
    kind: EnrollmentKind,
    corporationId: string,
  ): Promise<CompanyObstacle | undefined> {
    const needed = await kindNeeded(this.em, corporationId);
    if (kind === needed) return undefined;
    return needed === 'succession' ? 'administrators-exist' : 'no-administrators';
  }

  /**
   * Starts the case with all its mails, or queues what the desk granted behind the one that runs, or
   * does nothing. @param door by which somebody came; what the company needs decides what it is
   */
  async apply(
    door: EnrollmentKind,
    corporation: ProvenCorporation,
    applicant: Applicant,
    cause: Cause,
    mailbox: MailboxProof = {},
  ): Promise<Enrolled> {
    const { id: corporationId } = corporation;
    return inTransaction<Enrolled>(this.em, async () => {
      await holdCorporation(this.em, corporationId);
      const applied = await this.#apply(door, corporationId, applicant, cause, mailbox);
      const act = ACTS[door].application;
      if (!applied.ok)
        return this.audit.refuse(act, applied.reason, { corporationId, visit: cause });
      const { caseNumber, accountId } = applied;
      const of = { corporationId, accountId: accountId ?? undefined, visit: cause };
      if (!mailbox.grantOf) await this.audit.done(act, of, { caseNumber });
      return applied;
    });
  }

  /**
   * Ends an application that cannot act yet: `canBeWithdrawn` by its owner, who gave the password;
   * `canBeTakenBack` by the browser that applied; `canBeDenied` by the reader of the mailbox, who
   * says that somebody else applied.
   */
  async withdraw(id: string, by: Withdrawal, visit: Visit): Promise<boolean> {
    return inTransaction(this.em, async () => {
      const enrollment = await holdCase(this.em, { id });
      if (!enrollment) return false;
      const { kind, caseNumber } = enrollment;
      const corporationId = enrollment.corporation!.id;
      const mayEnd = enrollment[by];
      if (mayEnd) await this.#withdraw(enrollment, by === 'canBeDenied');
      const done = by === 'canBeDenied' ? 'not-applied' : 'done';
      const of = { corporationId, visit };
      await this.audit.record(ACTS[kind].withdrawal, mayEnd ? done : 'case-over', of, {
        caseNumber,
      });
      if (mayEnd) await this.queue.startNext(corporationId);
      return mayEnd;
    });
  }

  async #withdraw(enrollment: Enrollment, isDenied: boolean): Promise<void> {
    const { account } = enrollment;
    const told = await this.witnesses.addressees(enrollment, TOLD);
    const withdrawnAt = await databaseNow(this.em);
    if (isDenied && account) enrollment.deny(account.id, withdrawnAt);
    else enrollment.withdraw(withdrawnAt);
    if (account && !isDenied) await this.links.moveTo(enrollment.id, 'activation', account.id);
    if (account) await removeUnstarted(this.em, account);
    const facts = applicationFacts(enrollment);
    for (const to of told)
      await this.mails.applicationWithdrawn(to, facts, { isDenied, withdrawnAt });
  }

  async #apply(
    door: EnrollmentKind,
    corporationId: string,
    applicant: Applicant,
    cause: Cause,
    mailbox: MailboxProof,
  ): Promise<Enrolled> {
    if (await isClosed(this.em, corporationId)) return { ok: false, reason: 'corporation-closed' };
    const { reviewed, isMailboxProved, grantOf } = mailbox;
    // What the desk lets begin is judged by GrantOutlooks.
    const obstacle = grantOf ? undefined : await this.obstacle(door, corporationId);
    if (obstacle) return { ok: false, reason: obstacle };
    const kind = reviewed?.kind ?? (await kindNeeded(this.em, corporationId));
    if (kind === 'initial') await this.#clearUnlinked(corporationId);
    // Waiting applications come first, also when the one before ended by time alone a moment ago.
    await this.queue.startNext(corporationId);
    const hasToWait = grantOf && (await this.turns.isTaken(corporationId));
    const enrollment = reviewed ?? (await newCase(this.em, kind, corporationId, applicant, cause));
    const now = await databaseNow(this.em);
    if (isMailboxProved) enrollment.mailboxProvedAt = now;
    if (grantOf) enrollment.allow(now, grantOf.appliedAt);
    if (hasToWait) await this.turns.wait(enrollment, { ...applicant, language: cause.language });
    else if (!(await this.starts.begin(enrollment, applicant, cause, mailbox))) {
      this.em.remove(enrollment);
      return { ok: false, reason: 'login-id-taken' };
    }
    const { id: enrollmentId, caseNumber, account } = enrollment;
    return { ok: true, enrollmentId, caseNumber, accountId: account?.id ?? null };
  }

  /** Registrations whose link is over give their place to somebody who registers now. */
  async #clearUnlinked(corporation: string): Promise<void> {
    const waiting = await this.em.find(
      Enrollment,
      { corporation, kind: 'initial', state: 'awaiting-activation' },
      { populate: ['account'] },
    );
    for (const enrollment of waiting) {
      const { account } = enrollment;
      if (account && (await this.links.liveOf('activation', account.id))) continue;
      enrollment.expire(await databaseNow(this.em));
      if (account) await removeUnstarted(this.em, account);
    }
  }
}
