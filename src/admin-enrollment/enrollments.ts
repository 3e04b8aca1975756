import { Injectable } from '@nestjs/common';
import type { ProvenCorporation } from '../corporations/invoice-proof.js';
import type { Visit } from '../web/visit.js';
import type { EnrollmentKind } from './enrollment-kind.js';
import { Registration, type Cause, type RegistrationRefusal } from './registration.js';
import { Succession, type SuccessionRefusal } from './succession/succession.js';
import type { Applicant } from './wizard/applicants.js';

export type EnrollmentRefusal = RegistrationRefusal | SuccessionRefusal;

/** What stands in the way of a company as a whole. */
export type Obstacle = Exclude<EnrollmentRefusal, 'login-id-taken'>;

export type Enrolled =
  | { ok: true; enrollmentId: string; accountId: string | null; caseNumber?: string }
  | { ok: false; reason: EnrollmentRefusal };

/** Both ways to become a company's administrator with its two numbers. */
@Injectable()
export class Enrollments {
  constructor(
    private readonly registration: Registration,
    private readonly succession: Succession,
  ) {}

  /** Why nobody can apply in this way for this company; undefined when somebody can. */
  obstacle(kind: EnrollmentKind, corporationId: string): Promise<Obstacle | undefined> {
    return this.#way(kind).obstacle(corporationId);
  }

  /** @returns `accountId` null for an application that waits behind another one */
  apply(
    kind: EnrollmentKind,
    corporation: ProvenCorporation,
    applicant: Applicant,
    cause: Cause,
  ): Promise<Enrolled> {
    return this.#way(kind).apply(corporation, applicant, cause);
  }

  /** The applicant takes it back; false when it is too late for that. */
  withdraw(kind: EnrollmentKind, enrollmentId: string, visit: Visit): Promise<boolean> {
    return this.#way(kind).withdraw(enrollmentId, visit);
  }

  #way(kind: EnrollmentKind): Registration | Succession {
    return kind === 'initial' ? this.registration : this.succession;
  }
}
