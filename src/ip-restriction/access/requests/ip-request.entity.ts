import { defineEntity, p, type InferKyselyTable } from '@mikro-orm/postgresql';
import { Account } from '../../../identity/account.entity.js';
import { Corporation } from '../../../corporations/corporation.entity.js';

export const IpRequestSchema = defineEntity({
  name: 'IpRequest',
  tableName: 'ip_requests',
  indexes: [
    { name: 'ip_requests_by_corporation', properties: ['corporation', 'createdAt'] },
    { name: 'ip_requests_by_account', properties: ['account'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    corporation: () => p.manyToOne(Corporation),
    account: () => p.manyToOne(Account).deleteRule('cascade'),
    address: p.type('inet').$type<string>(),
    purpose: p.text(),
    wantedUntil: p.datetime(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    decidedAt: p.datetime().nullable(),
    decidedBy: () => p.manyToOne(Account).fieldName('decided_by').deleteRule('set null').nullable(),
    decidedByName: p.text().nullable(),
    approved: p.boolean().nullable(),
    word: p.text().default(''),
  },
});

/** A refused person asks the administrators to be let in from an address. */
export class IpRequest extends IpRequestSchema.class {}

IpRequestSchema.setClass(IpRequest);

declare module '../../../database/tables.js' {
  interface Tables {
    ip_requests: InferKyselyTable<typeof IpRequestSchema>;
  }
}
