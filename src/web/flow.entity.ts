import { defineEntity, p } from '@mikro-orm/postgresql';

export const FlowSchema = defineEntity({
  name: 'Flow',
  tableName: 'flows',
  indexes: [
    { name: 'flows_by_browser', properties: ['browserHash', 'kind', 'createdAt'] },
    { name: 'flows_by_site', properties: ['site', 'createdAt'] },
  ],
  properties: {
    id: p.uuid().primary(),
    browserHash: p.blob(),
    kind: p.text(),
    entries: p.json().$type<Record<string, unknown>>().default('{}'),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    endsAt: p.datetime(),
    /** The /24 or /48 that it was begun from, or the account that it is counted for. */
    site: p.text().default(''),
  },
});

/** One run through a wizard: its browser, its tab, and its entries so far. */
export class Flow extends FlowSchema.class {}

FlowSchema.setClass(Flow);
