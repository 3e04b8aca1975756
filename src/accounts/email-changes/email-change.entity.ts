import { defineEntity, p, type InferKyselyTable } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';

export const EmailChangeSchema = defineEntity({
  name: 'EmailChange',
  tableName: 'email_changes',
  indexes: [{ name: 'email_changes_by_account', properties: ['account', 'number'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    /** The order in which changes were asked for. */
    number: p.bigint('string').autoincrement().generated('identity'),
    account: () => p.manyToOne(Account).deleteRule('cascade'),
    requestedBy: () =>
      p.manyToOne(Account).fieldName('requested_by').deleteRule('set null').nullable(),
    email: p.text(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    endsAt: p.datetime(),
    voidedAt: p.datetime().nullable(),
    provedAt: p.datetime().nullable(),
    formerEmail: p.text().nullable(),
    undoEndsAt: p.datetime().nullable(),
    undoVoidedAt: p.datetime().nullable(),
    undoneAt: p.datetime().nullable(),
  },
});

/** A change of a mail address: asked for, proved at the new mailbox, undone from the old one. */
export class EmailChange extends EmailChangeSchema.class {}

EmailChangeSchema.setClass(EmailChange);

declare module '../../database/tables.js' {
  interface Tables {
    email_changes: InferKyselyTable<typeof EmailChangeSchema>;
  }
}
