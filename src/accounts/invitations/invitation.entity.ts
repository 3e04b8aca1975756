import { defineEntity, p, type InferKyselyTable } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';
import { Corporation } from '../../corporations/corporation.entity.js';
import { MailDelivery } from '../../mail/mail-delivery.entity.js';

export const InvitationSchema = defineEntity({
  name: 'Invitation',
  tableName: 'invitations',
  indexes: [
    { name: 'invitations_by_inviter', properties: ['invitedBy'] },
    { name: 'invitations_by_account', properties: ['account'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    corporation: () => p.manyToOne(Corporation),
    invitedBy: () => p.manyToOne(Account).fieldName('invited_by').deleteRule('set null').nullable(),
    role: p.enum(['staff', 'administrator'] as const),
    name: p.text(),
    nameKana: p.text(),
    department: p.text(),
    phone: p.text(),
    email: p.text(),
    emailKey: p.text(),
    delivery: () => p.manyToOne(MailDelivery).deleteRule('set null').nullable(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    endsAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    account: () => p.manyToOne(Account).deleteRule('set null').nullable(),
    replacedAt: p.datetime().nullable(),
    cancelledAt: p.datetime().nullable(),
  },
});

/** Somebody who was invited and has no account yet. It speaks with the rights of whoever sent it. */
export class Invitation extends InvitationSchema.class {}

InvitationSchema.setClass(Invitation);

declare module '../../database/tables.js' {
  interface Tables {
    invitations: InferKyselyTable<typeof InvitationSchema>;
  }
}
