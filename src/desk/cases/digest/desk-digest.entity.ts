import { defineEntity, p } from '@mikro-orm/postgresql';

export const DeskDigestSchema = defineEntity({
  name: 'DeskDigest',
  tableName: 'desk_digests',
  properties: { day: p.date().primary() },
});

/** A day in Japan on which the desk was told of its cases. */
export class DeskDigest extends DeskDigestSchema.class {}

DeskDigestSchema.setClass(DeskDigest);
