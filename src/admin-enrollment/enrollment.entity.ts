import { defineEntity, p } from '@mikro-orm/core';
import { Account } from '../accounts/account.entity.js';
import { Corporation } from '../corporations/corporation.entity.js';

export const EnrollmentSchema = defineEntity({
  name: 'Enrollment',
  tableName: 'enrollments',
  properties: {
    id: p.uuid().primary(),
    caseNumber: p.string().unique(),
    kind: p.enum(['initial', 'succession'] as const),
    state: p.enum([
      'review',
      'awaiting-activation',
      'completed',
      'withdrawn',
      'expired',
      'refused',
    ] as const),
    corporation: () => p.manyToOne(Corporation).nullable(),
    account: () => p.manyToOne(Account).nullable(),
    corporateNumber: p.string(),
    applicant: p.string(),
    sealedDetails: p.blob().nullable(),
    address: p.string(),
    decidedAt: p.datetime().nullable(),
  },
});

/** A case: a person who knows a company's two numbers wants to become its administrator. */
export class Enrollment extends EnrollmentSchema.class {
  /** Closes the case in one of its final states. */
  decide(state: 'completed' | 'withdrawn' | 'expired' | 'refused', now: Date): void {
    this.state = state;
    this.decidedAt = now;
  }
}

EnrollmentSchema.setClass(Enrollment);
