import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import { Operator } from '../identity/operator.entity.js';
import { MailDelivery } from '../mail/mail-delivery.entity.js';
import { DESK_CASE_STATES, DeskCase } from './desk-case.entity.js';

/** What people of the desk decide about a case. */
const DECISIONS_ON_CASES = [
  'grant',
  'refuse',
  'uphold',
  'dismiss',
  'give',
  'confirm',
  'remove-factor',
] as const;

/** What the desk does, and what a party of the case said. */
const ENTRY_KINDS = [
  'note',
  'answer',
  'assignment',
  'state',
  'decision',
  'objection',
  'statement',
] as const;

/** What ended a case in nobody's hands: of an enrollment its new state, or that somebody is told. */
const ENDS_OF_CASES = [
  'account-deleted',
  'factor-changed',
  'approved',
  'withdrawn',
  'expired',
  'refused',
  'told',
] as const;

/** A party objected, or wrote more. The words themselves stand with the party. */
export const SPOKEN = ['objection', 'statement'] as const;

export interface Spoken {
  kind: (typeof SPOKEN)[number];
  /** Who spoke; none is the billing contact. */
  account: Account | null | undefined;
  /** When, where the case may have heard it already. */
  since?: Date | null | undefined;
}

export type DecisionOnCase = (typeof DECISIONS_ON_CASES)[number];

export const CaseEntrySchema = defineEntity({
  name: 'CaseEntry',
  tableName: 'desk_case_entries',
  indexes: [
    { name: 'desk_case_entries_by_case', properties: ['deskCase', 'at'] },
    { name: 'desk_case_entries_by_account', properties: ['account'] },
    { name: 'desk_case_entries_by_delivery', properties: ['delivery'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    deskCase: () => p.manyToOne(DeskCase).deleteRule('cascade'),
    at: p.datetime().defaultRaw('genkan_now()'),
    /** Null for somebody who gave a command and is no person of the desk: `author` is the name. */
    operator: () => p.manyToOne(Operator).deleteRule('no action').nullable(),
    author: p.text().default(''),
    /** A note is the desk's own: no customer ever reads it. */
    kind: p.enum(ENTRY_KINDS),
    /** Of a note or an answer; the name of whom it was assigned to; the reason of a decision; or ''. */
    text: p.text().default(''),
    state: p.enum(DESK_CASE_STATES).nullable(),
    /** What ended it in nobody's hands (desk-case-ends.sql). */
    cause: p.enum(ENDS_OF_CASES).nullable(),
    decision: p.enum(DECISIONS_ON_CASES).nullable(),
    /** Nothing changed by it: a second person has to say the same. */
    isFirst: p.boolean().default(false),
    /** Whom a decision names; which party spoke, '' being the billing contact; or ''. */
    person: p.text().default(''),
    /** Who spoke, or got the answer, and its mail; null for somebody without an account. */
    account: () => p.manyToOne(Account).deleteRule('set null').nullable(),
    delivery: () => p.manyToOne(MailDelivery).deleteRule('set null').nullable(),
  },
});

/** What the desk did about a case and what its parties said, in its order; only ever added to. */
export class CaseEntry extends CaseEntrySchema.class {
  declare [OptionalProps]?: 'by';

  /** The name of whoever did it; the operator must be loaded. */
  get by(): string {
    return this.operator?.name ?? this.author;
  }
}

CaseEntrySchema.setClass(CaseEntry);
