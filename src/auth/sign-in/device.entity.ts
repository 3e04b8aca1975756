import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';

export const DeviceSchema = defineEntity({
  name: 'Device',
  tableName: 'devices',
  indexes: [{ name: 'devices_by_account', properties: ['account'] }],
  properties: {
    id: p.uuid().primary(),
    secretHash: p.blob(),
    account: () => p.manyToOne(Account).deleteRule('cascade'),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    endsAt: p.datetime(),
    /** Not asked for the second factor before. */
    trustedUntil: p.datetime().nullable(),
    browser: p.text().nullable(),
  },
});

/** A browser that somebody signed in with. */
export class Device extends DeviceSchema.class {}

DeviceSchema.setClass(Device);
