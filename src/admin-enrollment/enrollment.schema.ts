import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import type { InvoiceRefusal } from '../corporations/newest-invoice.js';
import { Corporation } from '../corporations/corporation.entity.js';

/** The first administrator of a company, or one more because the others left. */
export type EnrollmentKind = 'initial' | 'succession';

const BEFORE_ENDS = ['by-mail', 'review', 'queued', 'awaiting-activation', 'running'] as const;
const ENDINGS = ['completed', 'approved', 'objected', 'withdrawn', 'expired', 'refused'] as const;
export type Ending = (typeof ENDINGS)[number];

export type CaseState = (typeof BEFORE_ENDS)[number] | Ending;

/** Where a case stands at this moment; time alone leads from `held` to `probation` to `completed`. */
export type CaseStage = Exclude<CaseState, 'running'> | 'held' | 'probation';

/** Of the row of `enrollments` with this alias, as SQL (enrollment-stage.sql). */
export function stageOf(alias: unknown): string {
  const e = String(alias);
  return `enrollment_stage(${e}.kind, ${e}.state, ${e}.started_at, ${e}.release_at, ${e}.probation_ends_at)`;
}

/**
 * Of the row of `enrollments` with this alias, as SQL: somebody else came to act as the first
 * administrator before it ended, also once its account is gone.
 */
export function wasOvertaken(alias: unknown): string {
  const row = String(alias);
  return `(${row}.kind = 'initial' and ${row}.state = 'expired' and exists (
    select from enrollments o
    where o.corporation_id = ${row}.corporation_id and o.id <> ${row}.id
      and o.activated_at between ${row}.created_at and ${row}.decided_at))`;
}

/** The columns of `enrollments`; the life of a case is in enrollment.entity.ts. */
export const EnrollmentSchema = defineEntity({
  name: 'Enrollment',
  tableName: 'enrollments',
  indexes: [
    { name: 'enrollments_by_account', properties: ['account'] },
    { name: 'enrollments_by_corporation', properties: ['corporation', 'startedAt'] },
    { name: 'enrollments_by_denied_subject', properties: ['deniedSubject'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    caseNumber: p.text().unique(),
    kind: p.enum(['initial', 'succession'] as const),
    state: p.enum([...BEFORE_ENDS, ...ENDINGS] as const),
    /** Null while the application goes by mail, and in review when the numbers matched no company. */
    corporation: () => p.manyToOne(Corporation).deleteRule('no action').nullable(),
    /** Null while the application waits, and once the newcomer's account is gone. */
    account: () => p.manyToOne(Account).deleteRule('set null').nullable(),
    corporateNumber: p.text(),
    applicant: p.text(),
    sealedDetails: p.blob().nullable(),
    /** In review: the two numbers are the company's, and why its newest invoice was not shown. */
    invoiceRefusal: p.text().$type<InvoiceRefusal>().nullable(),
    address: p.type('inet').$type<string>(),
    browser: p.text().default(''),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    decidedAt: p.datetime().nullable(),
    startedAt: p.datetime().defaultRaw('genkan_now()'),
    releaseAt: p.datetime().nullable(),
    probationEndsAt: p.datetime().nullable(),
    activatedAt: p.datetime().nullable(),
    /** All mails to those who may object came back: the desk decides, not time. */
    untoldSince: p.datetime().nullable(),
    /** Null while the application holds nothing. */
    mailboxProvedAt: p.datetime().nullable(),
    network: p.text().nullable(),
    applicantEmail: p.text().nullable(),
    language: p.text().$type<'ja' | 'en'>().default('ja'),
    newcomerStatement: p.text().nullable(),
    /** The reader of the mailbox did not apply; what the mailed links spoke of, and what is gone now. */
    deniedSubject: p.text().nullable(),
    /** The desk lets the application begin, whoever else applies. */
    grantedAt: p.datetime().nullable(),
    /** The first of the desk's two people who let the newcomer stay, or send the newcomer away. */
    upheldBy: p.text().nullable(),
    dismissedBy: p.text().nullable(),
    /** As it was when the row was read. */
    stage: p.string().$type<CaseStage>().formula(stageOf).persist(false),
    /** Whom two people of the desk named: it decides no more, and waits for that mailbox. */
    namedPerson: p
      .string()
      .formula(
        (e) =>
          `(select a.name from appointments a where a.enrollment_id = ${e}.id and a.confirmed_at is not null)`,
      )
      .nullable()
      .persist(false),
    wasOvertaken: p.boolean().formula(wasOvertaken).persist(false),
    /** Until when the applicant can come to act (enrollment-stage.sql). */
    activatableUntil: p
      .datetime()
      .formula((e) => `activatable_until(${e}.kind, ${e}.started_at)`)
      .persist(false),
  },
});
