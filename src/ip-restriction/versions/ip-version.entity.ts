import { defineEntity, p, type InferKyselyTable } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';
import { Corporation } from '../../corporations/corporation.entity.js';

export const IpVersionSchema = defineEntity({
  name: 'IpVersion',
  tableName: 'ip_versions',
  indexes: [{ name: 'ip_versions_by_author', properties: ['author'] }],
  uniques: [{ properties: ['corporation', 'number'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    corporation: () => p.manyToOne(Corporation),
    number: p.integer(),
    restricts: p.boolean(),
    follows: () => p.manyToOne(IpVersion).fieldName('follows').deleteRule('no action').nullable(),
    author: () => p.manyToOne(Account).deleteRule('set null').nullable(),
    authorName: p.text(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    trialEndsAt: p.datetime().nullable(),
    confirmedAt: p.datetime().nullable(),
    confirmedBy: () =>
      p.manyToOne(Account).fieldName('confirmed_by').deleteRule('set null').nullable(),
    confirmedByName: p.text().nullable(),
    endedAt: p.datetime().nullable(),
    endedBy: () => p.manyToOne(Account).fieldName('ended_by').deleteRule('set null').nullable(),
    endedByName: p.text().nullable(),
    endedBecause: p.enum(['stopped', 'objection'] as const).nullable(),
    endToldAt: p.datetime().nullable(),
  },
});

/** A list of addresses as it was applied: never altered, only confirmed or ended. */
export class IpVersion extends IpVersionSchema.class {}

IpVersionSchema.setClass(IpVersion);

declare module '../../database/tables.js' {
  interface Tables {
    ip_versions: InferKyselyTable<typeof IpVersionSchema>;
  }
}
