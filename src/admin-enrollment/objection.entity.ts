import { defineEntity, p, type InferKyselyTable } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import { MailDelivery } from '../mail/mail-delivery.entity.js';
import { Enrollment } from './enrollment.entity.js';

export const ObjectionSchema = defineEntity({
  name: 'Objection',
  tableName: 'objections',
  indexes: [
    { name: 'objections_by_enrollment', properties: ['enrollment', 'account'] },
    { name: 'objections_by_account', properties: ['account'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    enrollment: () => p.manyToOne(Enrollment).deleteRule('cascade'),
    account: () => p.manyToOne(Account).deleteRule('cascade'),
    endsAt: p.datetime(),
    delivery: () => p.manyToOne(MailDelivery).deleteRule('set null').nullable(),
    objectedAt: p.datetime().nullable(),
    statement: p.text().nullable(),
  },
});

/** One time that an administrator who was there before was told of a case, with a link to object. */
export class Objection extends ObjectionSchema.class {}

ObjectionSchema.setClass(Objection);

declare module '../database/tables.js' {
  interface Tables {
    objections: InferKyselyTable<typeof ObjectionSchema>;
  }
}
