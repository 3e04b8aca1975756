import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { Corporation } from '../../corporations/corporation.entity.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { InvoiceProof } from '../../corporations/invoice-proof.js';
import type { Judged } from '../../corporations/judged-proof.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { DAY_SECONDS } from '../../durations.js';
import { DeskCases } from '../../cases/desk-cases.js';
import { Limits } from '../../limits/limits.js';
import type { Addressee } from '../../mail/mail-queue.js';
import { Mails } from '../../mail/mails.js';
import type { Visit } from '../../web/visit.js';
import type { Applicant, Cause, SealedDetails } from '../applicant.js';
import { CaseEnds } from '../case-ends.js';
import { authorOf, type DeskAct } from '../desk-act.js';
import { ACTS } from '../enrollment-acts.js';
import { Enrollment, type EnrollmentKind } from '../enrollment.entity.js';
import { ReviewBeginning } from '../review-beginning.js';
import { EntitledWitnesses } from '../objections/entitled-witnesses.js';
import { Enrollments } from './enrollments.js';
import { GrantOutlooks, type GrantRefusal } from './grant-outlook.js';
import { shownIn, type DigestedPair } from './mailed-proof.js';
import { newCaseNumber } from '../../cases/case-number.js';

/** `isQueued`: granted, and another application of the company comes first. */
export type Reviewed =
  { ok: true; isQueued?: true } | { ok: false; reason: GrantRefusal | 'case-unknown' };

/**
 * Cases that the desk decides, because too many wrong numbers were tried by mail too, or strangers
 * used up the mails of the applicant's mailbox. Nothing is granted and the applicant hears nothing
 * about the numbers; the details wait sealed.
 */
@Injectable()
export class Reviews {
  constructor(
    private readonly em: EntityManager,
    private readonly proof: InvoiceProof,
    private readonly enrollments: Enrollments,
    private readonly outlooks: GrantOutlooks,
    private readonly mails: Mails,
    private readonly limits: Limits,
    private readonly audit: Audit,
    private readonly beginning: ReviewBeginning,
    private readonly cases: DeskCases,
    private readonly entitled: EntitledWitnesses,
    private readonly ends: CaseEnds,
  ) {}

  /** Begins in the caller's transaction. */
  async begin(
    enrollment: Enrollment,
    corporateNumber: string,
    judged: Judged,
    details: SealedDetails,
    visit: Visit,
  ): Promise<void> {
    const mailboxProvedAt = await databaseNow(this.em);
    Object.assign(enrollment, { corporateNumber, applicant: details.name, mailboxProvedAt });
    await this.#wait(enrollment, judged, details, visit);
    await this.mails.reviewBegun(addressee(details, details.language), enrollment.caseNumber);
    await this.#tellBillingContact(enrollment);
  }

  /**
   * Begins in the caller's transaction for a mailbox that gets no mail now: nobody proved it, and a
   * grant sends the mail that proves it. @returns its number
   */
  async beginUnmailed(
    kind: EnrollmentKind,
    pair: DigestedPair,
    applicant: Applicant,
    visit: Visit,
  ): Promise<string> {
    const { corporateNumber } = pair;
    const judged = await this.proof.judge(shownIn(pair));
    const { address, language } = visit;
    const caseNumber = newCaseNumber();
    const said = { kind, corporateNumber, applicant: applicant.name, address, language };
    const enrollment = this.em.create(Enrollment, { caseNumber, state: 'review', ...said });
    await this.#wait(enrollment, judged, { ...applicant, language }, visit);
    return caseNumber;
  }

  async #wait(
    enrollment: Enrollment,
    { matched, invoiceRefusal }: Judged,
    details: SealedDetails,
    visit: Visit,
  ): Promise<void> {
    if (matched) {
      enrollment.corporation = this.em.getReference(Corporation, matched.id);
      enrollment.invoiceRefusal = invoiceRefusal;
    }
    await this.beginning.begin(enrollment, details);
    const { kind, caseNumber, corporation } = enrollment;
    const of = { corporationId: corporation?.id, visit };
    await this.audit.record(ACTS[kind].application, 'in-review', of, { caseNumber });
  }

  /** Once a day, of the company whose number was tried, whatever the other number was. */
  async #tellBillingContact({ corporateNumber, caseNumber }: Enrollment): Promise<void> {
    const corporation = await this.em.findOne(Corporation, { corporateNumber, state: 'active' });
    if (!corporation?.billingEmail) return;
    const key = `proof:wrong-numbers-notice:${corporation.id}`;
    if (!(await this.limits.takeUnlessFault({ key, maximum: 1, seconds: DAY_SECONDS })).ok) return;
    const to = corporation.contactAt(corporation.billingEmail);
    await this.mails.wrongNumbersTried(to, await databaseNow(this.em), caseNumber);
  }

  /** Undefined when the key that sealed them is gone. */
  detailsOf(enrollment: Enrollment): Applicant | undefined {
    return this.beginning.detailsOf(enrollment);
  }

  /** Grants the case: from here on it is a registration like any other, beginning with its mail. */
  async grant(caseNumber: string, by: DeskAct): Promise<Reviewed> {
    return inTransaction<Reviewed>(this.em, async () => {
      const taken = await this.#take(caseNumber);
      if (!taken) return { ok: false, reason: 'case-unknown' };
      const { enrollment, details } = taken;
      const { corporation, address, browser, applicantEmail } = enrollment;
      const { kind, obstacle } = await this.outlooks.of(enrollment);
      if (obstacle) throw new NotGranted(obstacle);
      const isCase = applicantEmail != null;
      if (!isCase) enrollment.grant(await databaseNow(this.em));
      const { language, ...applicant } = details;
      const cause = { address, browser, language };
      const registered = await this.enrollments.apply(kind, corporation!, applicant, cause, {
        mayChooseLoginId: true,
        grantOf: { appliedAt: enrollment.createdAt },
        reviewed: isCase ? enrollment : undefined,
      });
      if (!registered.ok) throw new NotGranted(registered.reason);
      const settled = await this.#decided(enrollment, true, by);
      return registered.accountId ? settled : { ...settled, isQueued: true };
    }).catch((error: unknown): Promise<Reviewed> => {
      if (!(error instanceof NotGranted)) throw error;
      // The rollback took every row with it: that the case was not granted is told afterwards.
      const facts = { caseNumber, ...authorOf(by) };
      return this.audit.refuse('review-decision', error.reason, { visit: by.visit }, facts);
    });
  }

  async refuse(caseNumber: string, by: DeskAct): Promise<Reviewed> {
    return inTransaction<Reviewed>(this.em, async () => {
      const taken = await this.#take(caseNumber);
      if (!taken) return { ok: false, reason: 'case-unknown' };
      const { enrollment, details } = taken;
      enrollment.refuse(await databaseNow(this.em));
      await this.mails.reviewRefused(addressee(details, details.language), caseNumber);
      return this.#decided(enrollment, false, by);
    });
  }

  /**
   * The case, held until the caller's transaction ends: of two who decide one succeeds. Its company
   * is held first, as everywhere.
   */
  async #take(
    caseNumber: string,
  ): Promise<{ enrollment: Enrollment; details: SealedDetails } | undefined> {
    const waiting = { caseNumber, state: 'review' as const };
    const seen = await this.em.findOne(Enrollment, waiting);
    if (seen?.corporation) await holdCorporation(this.em, seen.corporation.id);
    const enrollment = await this.em.findOne(Enrollment, waiting, {
      lockMode: LockMode.PESSIMISTIC_WRITE,
      refresh: true,
    });
    if (!enrollment) return undefined;
    await this.em.populate(enrollment, ['corporation', 'sealedDetails']);
    return { enrollment, details: this.beginning.detailsOf(enrollment)! };
  }

  async #decided(enrollment: Enrollment, granted: boolean, by: DeskAct) {
    const { id, caseNumber, corporation } = enrollment;
    const { operator, why } = by;
    const decision = granted ? 'grant' : 'refuse';
    await this.cases.signed(id, { decision, operator, why, isFirst: false });
    if (await this.entitled.isObjected(enrollment))
      await this.ends.tellOfReview(enrollment, granted);
    const of = { corporationId: corporation?.id, visit: by.visit };
    const facts = { caseNumber, granted, ...authorOf(by) };
    return this.audit.done('review-decision', of, facts);
  }
}

class NotGranted extends Error {
  constructor(readonly reason: GrantRefusal) {
    super(reason);
  }
}

function addressee({ name, email }: Applicant, language: Cause['language']): Addressee {
  return { name, email, language, corporationName: '' };
}
