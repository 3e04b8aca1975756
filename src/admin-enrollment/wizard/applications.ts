import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { InvoiceProof, type ExhaustedProof } from '../../corporations/invoice-proof.js';
import { inTransaction } from '../../database/transaction.js';
import { Flows } from '../../web/flows.js';
import type { Visit } from '../../web/visit.js';
import { Enrollments, type EnrollmentRefusal } from '../applications/enrollments.js';
import { MailedApplications } from '../applications/mailed-applications.js';
import type { DigestedPair } from '../applications/mailed-proof.js';
import { Reviews } from '../applications/reviews.js';
import { enrollmentStepOf, type EnrollmentRun } from './enrollment-flow.js';
import type { Entrance } from './entrances.js';

export type Submitted =
  { ok: true } | { ok: false; reason: EnrollmentRefusal | 'corporation-closed' } | ExhaustedProof;

/** 登録, the end of the wizard: what it causes and what the wizard remembers of it are one step. */
@Injectable()
export class Applications {
  constructor(
    private readonly em: EntityManager,
    private readonly flows: Flows,
    private readonly enrollments: Enrollments,
    private readonly mailed: MailedApplications,
    private readonly reviews: Reviews,
    private readonly proof: InvoiceProof,
  ) {}

  /**
   * Acts once for a run, in however many tabs it is pressed: then a mail is under way, or the desk
   * has it.
   * @param mailbox.isMailboxFull strangers used up the mails of the applicant's mailbox
   */
  async submit(
    { kind }: Entrance,
    seen: EnrollmentRun,
    visit: Visit,
    { isMailboxFull }: { isMailboxFull: boolean },
  ): Promise<Submitted> {
    const submitted = await this.#actOnce(seen, (run) => {
      if (isMailboxFull) return this.#goToDesk(kind, run, visit);
      if (!run.entries.corporation) return this.#goOnByMail(kind, run, visit);
      return this.#apply(kind, run, visit);
    });
    if (submitted) return submitted;
    // A limit is asked on another connection, and those who wait for the company may have all.
    return this.#actOnce(seen, (run) => this.#goOnByMail(kind, run, visit));
  }

  async takeBack(seen: EnrollmentRun, visit: Visit): Promise<boolean> {
    return inTransaction(this.em, async () => {
      const run = await this.flows.hold(seen);
      if (!run) return false;
      const { registration, mailedId } = run.entries;
      if (mailedId) return this.#takeMailBack(run, mailedId);
      if (!registration) return false;
      const withdrawn = await this.enrollments.withdraw(
        registration.enrollmentId,
        'canBeTakenBack',
        visit,
      );
      if (withdrawn) await this.flows.forget(run, 'registration');
      return withdrawn;
    });
  }

  /** Does nothing for a run that is gone, completed or without a password again. */
  async #actOnce<T>(
    seen: EnrollmentRun,
    act: (run: EnrollmentRun) => Promise<T>,
  ): Promise<T | { ok: true }> {
    return inTransaction<T | { ok: true }>(this.em, async () => {
      const run = await this.flows.hold(seen);
      return run && enrollmentStepOf(run) === 'confirmation' ? act(run) : { ok: true };
    });
  }

  /**
   * Counts with the company held, so that parallel applications count each other. @returns false where
   * too many stand there
   */
  async #apply(
    kind: Entrance['kind'],
    run: EnrollmentRun,
    visit: Visit,
  ): Promise<Submitted | false> {
    const { corporation, corporateNumber, applicant } = run.entries;
    await holdCorporation(this.em, corporation!.id);
    if (await this.enrollments.isCrowded(kind, corporateNumber!)) return false;
    const enrolled = await this.enrollments.apply(kind, corporation!, applicant!, visit);
    if (!enrolled.ok) return enrolled;
    const { ok, ...registration } = enrolled;
    await this.flows.remember(run, { registration });
    return { ok };
  }

  async #goToDesk(kind: Entrance['kind'], run: EnrollmentRun, visit: Visit): Promise<Submitted> {
    const refused = await this.proof.takeApplication(visit);
    if (refused) return refused;
    const { applicant } = run.entries;
    const reviewNumber = await this.reviews.beginUnmailed(kind, pairOf(run), applicant!, visit);
    await this.flows.remember(run, { reviewNumber });
    return { ok: true };
  }

  async #goOnByMail(kind: Entrance['kind'], run: EnrollmentRun, visit: Visit): Promise<Submitted> {
    const refused = await this.proof.takeApplication(visit);
    if (refused) return refused;
    const { applicant } = run.entries;
    const mailedId = await this.mailed.begin(kind, pairOf(run), applicant!, visit);
    await this.flows.remember(run, { mailedId });
    return { ok: true };
  }

  async #takeMailBack(run: EnrollmentRun, mailedId: string): Promise<boolean> {
    const withdrawn = await this.mailed.takeBack(mailedId);
    if (withdrawn) await this.flows.forget(run, 'mailedId');
    return withdrawn;
  }
}

function pairOf({ entries }: EnrollmentRun): DigestedPair {
  const { corporateNumber, transferAccountDigest, invoiceDigests = [] } = entries;
  return {
    corporateNumber: corporateNumber!,
    transferAccountDigest: transferAccountDigest!,
    invoiceDigests,
  };
}
