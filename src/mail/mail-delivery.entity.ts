import { defineEntity, p, type InferKyselyTable } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import { Corporation } from '../corporations/corporation.entity.js';

export const MailDeliverySchema = defineEntity({
  name: 'MailDelivery',
  tableName: 'mail_deliveries',
  indexes: [{ name: 'mail_deliveries_by_account', properties: ['account', 'createdAt'] }],
  properties: {
    id: p.uuid().primary(),
    kind: p.text(),
    account: () => p.manyToOne(Account).deleteRule('set null').nullable(),
    corporation: () => p.manyToOne(Corporation).deleteRule('no action').nullable(),
    recipient: p.text(),
    state: p
      .enum(['queued', 'handed-over', 'deferred', 'bounced', 'suppressed'] as const)
      .default('queued'),
    attempts: p.integer().default(0),
    /** A try is under way; next_attempt_at is the time after which it counts as lost. */
    inHand: p.boolean().default(false),
    serverAnswer: p.text().nullable(),
    /** It holds a one-time link: kept sealed, and only until the server took it. */
    sealedMessage: p.blob().nullable(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    nextAttemptAt: p.datetime().nullable().defaultRaw('now()'),
    finishedAt: p.datetime().nullable(),
  },
});

/** One mail to one recipient, and what became of it. */
export class MailDelivery extends MailDeliverySchema.class {}

MailDeliverySchema.setClass(MailDelivery);

declare module '../database/tables.js' {
  interface Tables {
    mail_deliveries: InferKyselyTable<typeof MailDeliverySchema>;
  }
}
