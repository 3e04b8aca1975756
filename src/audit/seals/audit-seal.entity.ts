import { createHmac, timingSafeEqual } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/postgresql';

export const AuditSealSchema = defineEntity({
  name: 'AuditSeal',
  tableName: 'audit_seals',
  properties: {
    /** One more than that of the seal before. */
    number: p.integer().primary().autoincrement(false),
    /** The hour that it seals; of the very first one both are where the sealing began. */
    begins: p.datetime(),
    ends: p.datetime(),
    /** Of each row of the hour its id and a digest, in their order. */
    marks: p.blob().$type<Buffer>(),
    /** The seal before; empty for the very first one. */
    former: p.blob().$type<Buffer>(),
    seal: p.blob().$type<Buffer>(),
  },
});

/** An hour of the log as it was when it was over, chained to the hour before. */
export class AuditSeal extends AuditSealSchema.class {
  sealBy(key: Buffer): void {
    this.seal = sealOf(this, key);
  }

  isSealedBy(key: Buffer): boolean {
    const made = sealOf(this, key);
    return made.length === this.seal.length && timingSafeEqual(made, this.seal);
  }
}

function sealOf({ number, begins, ends, former, marks }: AuditSeal, key: Buffer): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([number, begins.getTime(), ends.getTime(), former.length]))
    .update(former)
    .update(marks)
    .digest();
}

AuditSealSchema.setClass(AuditSeal);
