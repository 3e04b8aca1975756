import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import { Operator } from '../identity/operator.entity.js';
import { MailDelivery } from '../mail/mail-delivery.entity.js';
import { DESK_CASE_STATES, DeskCase } from './desk-case.entity.js';

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
    operator: () => p.manyToOne(Operator).deleteRule('no action'),
    /** A note is the desk's own: no customer ever reads it. */
    kind: p.enum(['note', 'answer', 'assignment', 'state'] as const),
    /** Of a note or an answer; the name of whom it was assigned to, or ''. */
    text: p.text().default(''),
    state: p.enum(DESK_CASE_STATES).nullable(),
    /** Who got the answer, and its mail; null for somebody without an account. */
    account: () => p.manyToOne(Account).deleteRule('set null').nullable(),
    delivery: () => p.manyToOne(MailDelivery).deleteRule('set null').nullable(),
  },
});

/** What the desk did about a case, in its order; only ever added to. */
export class CaseEntry extends CaseEntrySchema.class {}

CaseEntrySchema.setClass(CaseEntry);
