import { defineEntity, p } from '@mikro-orm/postgresql';

export const SecretKeySchema = defineEntity({
  name: 'SecretKey',
  tableName: 'secret_keys',
  properties: {
    fingerprint: p.text().primary(),
    adoptedAt: p.datetime().defaultRaw('genkan_now()'),
    retiredAt: p.datetime().nullable(),
    /** From then on a start that has only this key is refused. */
    exchangedAt: p.datetime().nullable(),
  },
});

/** A `SECRET_KEY` that this database was used with, by its fingerprint; one is not retired. */
export class SecretKey extends SecretKeySchema.class {}

SecretKeySchema.setClass(SecretKey);
