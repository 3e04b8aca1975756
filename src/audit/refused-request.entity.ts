import { defineEntity, p } from '@mikro-orm/postgresql';

export const RefusedRequestSchema = defineEntity({
  name: 'RefusedRequest',
  tableName: 'refused_requests',
  indexes: [{ name: 'refused_requests_by_time', properties: ['lane', 'at'] }],
  properties: {
    requestId: p.text().primary(),
    at: p.datetime(),
    /** Each has its own bounds: strangers take no place of people. */
    lane: p.enum(['person', 'stranger', 'unknown-path'] as const),
    /** Of the answer. */
    status: p.integer(),
    /** Empty for what could not be read. */
    method: p.text(),
    /** Without its query and the keys of links. */
    path: p.text(),
    address: p.type('inet').$type<string>().nullable(),
    /** Of the page, in Japanese; null where its status alone says it. */
    title: p.text().nullable(),
    reason: p.text().nullable(),
    /** Whom it refused; they may be gone meanwhile. */
    accountId: p.uuid().nullable(),
    invitationId: p.uuid().nullable(),
  },
});

/** One request that ended with an error page, for whoever reads its number out on the telephone. */
export class RefusedRequest extends RefusedRequestSchema.class {}

RefusedRequestSchema.setClass(RefusedRequest);
