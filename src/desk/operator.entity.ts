import { defineEntity, p } from '@mikro-orm/postgresql';

export const OperatorSchema = defineEntity({
  name: 'Operator',
  tableName: 'operators',
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    loginId: p.text(),
    loginIdKey: p.text().unique(),
    name: p.text(),
    email: p.text(),
    passwordHash: p.text().lazy(),
    /** The first password is one that a command printed. */
    mustChangePassword: p.boolean().default(true),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
  },
});

/** Somebody of the operator's desk (担当窓口), who is no customer and signs in elsewhere. */
export class Operator extends OperatorSchema.class {}

OperatorSchema.setClass(Operator);
