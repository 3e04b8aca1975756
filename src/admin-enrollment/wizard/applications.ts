import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { InvoiceProof } from '../../corporations/invoice-proof.js';
import { inTransaction } from '../../database/transaction.js';
import type { Visit } from '../../web/visit.js';
import { EnrollmentFlow, type EnrollmentRun } from './enrollment-flow.js';
import { Registration, type RegistrationRefusal } from '../registration.js';
import { Reviews } from '../reviews.js';

/** 登録, the end of the wizard: what it causes and what the wizard remembers of it are one step. */
@Injectable()
export class Applications {
  constructor(
    private readonly em: EntityManager,
    private readonly flow: EnrollmentFlow,
    private readonly registration: Registration,
    private readonly reviews: Reviews,
    private readonly proof: InvoiceProof,
  ) {}

  /** @returns why nothing was registered; undefined when it was, or waits for the desk */
  async submit(run: EnrollmentRun, visit: Visit): Promise<RegistrationRefusal | undefined> {
    return inTransaction(this.em, () =>
      run.entries.corporation ? this.#register(run, visit) : this.#beginReview(run, visit),
    );
  }

  /** Takes the registration back, and the run to where its details are entered. */
  async takeBack(run: EnrollmentRun, visit: Visit): Promise<boolean> {
    return inTransaction(this.em, async () => {
      const { enrollmentId } = run.entries.registration!;
      const withdrawn = await this.registration.withdraw(enrollmentId, visit);
      if (withdrawn) await this.flow.forget(run, 'registration');
      return withdrawn;
    });
  }

  async #register(run: EnrollmentRun, visit: Visit): Promise<RegistrationRefusal | undefined> {
    const { corporation, applicant } = run.entries;
    const registered = await this.registration.register(corporation!, applicant!, visit);
    if (!registered.ok) return registered.reason;
    const { enrollmentId, accountId } = registered;
    await this.flow.remember(run, { registration: { enrollmentId, accountId } });
    return undefined;
  }

  async #beginReview(run: EnrollmentRun, visit: Visit): Promise<undefined> {
    const { corporateNumber, transferAccountDigest, applicant } = run.entries;
    const digest = Buffer.from(transferAccountDigest!, 'hex');
    const matched = await this.proof.compare(corporateNumber!, digest);
    const caseNumber = await this.reviews.begin(corporateNumber!, matched, applicant!, visit);
    await this.flow.remember(run, { caseNumber });
  }
}
