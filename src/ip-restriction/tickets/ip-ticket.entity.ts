import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';
import { Corporation } from '../../corporations/corporation.entity.js';

export const IpTicketSchema = defineEntity({
  name: 'IpTicket',
  tableName: 'ip_tickets',
  properties: {
    corporation: () => p.manyToOne(Corporation).primary(),
    codeHash: p.blob().primary(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    usedAt: p.datetime().nullable(),
    usedBy: () =>
      p.manyToOne(Account).mapToPk().fieldName('used_by').deleteRule('set null').nullable(),
    replacedAt: p.datetime().nullable(),
    /** The fingerprint of the key that made the hash; null: the first one. */
    secretKey: p.text().nullable(),
  },
});

/** A one-time emergency ticket. `EmergencyTickets.use` uses it up in one conditional statement. */
export class IpTicket extends IpTicketSchema.class {}

IpTicketSchema.setClass(IpTicket);
