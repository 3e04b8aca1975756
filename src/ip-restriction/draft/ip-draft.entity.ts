import { defineEntity, p } from '@mikro-orm/postgresql';
import { Corporation } from '../../corporations/corporation.entity.js';
import { Account } from '../../identity/account.entity.js';

export const IpDraftSchema = defineEntity({
  name: 'IpDraft',
  tableName: 'ip_drafts',
  properties: {
    corporation: () =>
      p.manyToOne(Corporation).primary().updateRule('no action').deleteRule('cascade'),
    /** Never used twice, so that nobody edits a draft that was discarded and begun anew meanwhile. */
    edition: p.integer().defaultRaw("nextval('ip_draft_editions'::regclass)"),
    editedBy: () =>
      p.manyToOne(Account).mapToPk().fieldName('edited_by').deleteRule('set null').nullable(),
    editedByName: p.text(),
    editedAt: p.datetime().defaultRaw('genkan_now()'),
    told: p
      .json()
      .$type<{ text: string; values: Record<string, string | number> }[]>()
      .default('[]'),
  },
});

export class IpDraft extends IpDraftSchema.class {}

IpDraftSchema.setClass(IpDraft);

export const IpDraftEntrySchema = defineEntity({
  name: 'IpDraftEntry',
  tableName: 'ip_draft_entries',
  properties: {
    corporation: () => p.manyToOne(Corporation).primary().deleteRule('cascade'),
    network: p.type('cidr').$type<string>().primary(),
    label: p.text(),
    endsAt: p.datetime().nullable(),
  },
});

export class IpDraftEntry extends IpDraftEntrySchema.class {}

IpDraftEntrySchema.setClass(IpDraftEntry);
