import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Act } from './acts.js';
import { type Reason } from './reasons.js';

export const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entries',
  indexes: [
    { name: 'audit_entries_by_corporation', properties: ['corporationId', 'at'] },
    { name: 'audit_entries_by_account', properties: ['accountId', 'at'] },
  ],
  properties: {
    id: p.bigint('string').primary().autoincrement(),
    at: p.datetime().defaultRaw('genkan_now()'),
    corporationId: p.uuid().nullable(),
    accountId: p.uuid().nullable(),
    act: p.text().$type<Act>(),
    reason: p.text().$type<Reason>(),
    address: p.type('inet').$type<string>().nullable(),
    requestId: p.text().nullable(),
    /** Masked or harmless facts only: never a password, token, session id or whole number. */
    facts: p.json().$type<Record<string, string | number | boolean>>().default('{}'),
  },
});

/** One outcome: rows are added and never altered. They lie in a table for each month (audit-partitions.sql). */
export class AuditEntry extends AuditEntrySchema.class {}

AuditEntrySchema.setClass(AuditEntry);
