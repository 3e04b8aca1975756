import { defineEntity, p, type InferKyselyTable } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import { Corporation } from '../corporations/corporation.entity.js';

export const EnrollmentSchema = defineEntity({
  name: 'Enrollment',
  tableName: 'enrollments',
  indexes: [{ name: 'enrollments_by_account', properties: ['account'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    caseNumber: p.text().unique(),
    kind: p.enum(['initial', 'succession'] as const),
    state: p.enum([
      'review',
      'queued',
      'awaiting-activation',
      'running',
      'completed',
      'approved',
      'objected',
      'withdrawn',
      'expired',
      'refused',
    ] as const),
    /** In review: null when the numbers matched no company. */
    corporation: () => p.manyToOne(Corporation).deleteRule('no action').nullable(),
    account: () => p.manyToOne(Account).deleteRule('set null').nullable(),
    corporateNumber: p.text(),
    applicant: p.text(),
    /** The details of an application that waits. */
    sealedDetails: p.blob().nullable(),
    address: p.type('inet').$type<string>(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    decidedAt: p.datetime().nullable(),
    startedAt: p.datetime().defaultRaw('genkan_now()'),
    releaseAt: p.datetime().nullable(),
    probationEndsAt: p.datetime().nullable(),
    activatedAt: p.datetime().nullable(),
    network: p.text().nullable(),
    applicantEmail: p.text().nullable(),
    language: p.text().$type<'ja' | 'en'>().default('ja'),
    newcomerStatement: p.text().nullable(),
  },
});

/** A case: somebody who knows a company's two numbers wants to become its administrator. */
export class Enrollment extends EnrollmentSchema.class {}

EnrollmentSchema.setClass(Enrollment);

declare module '../database/tables.js' {
  interface Tables {
    enrollments: InferKyselyTable<typeof EnrollmentSchema>;
  }
}
