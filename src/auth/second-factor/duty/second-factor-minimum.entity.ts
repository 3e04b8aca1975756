import { defineEntity, p } from '@mikro-orm/postgresql';

export const SecondFactorMinimumSchema = defineEntity({
  name: 'SecondFactorMinimum',
  tableName: 'second_factor_minimum',
  properties: {
    id: p.smallint().primary().autoincrement(false),
    administratorsAskedSince: p.datetime().nullable(),
    everybodyAskedSince: p.datetime().nullable(),
  },
  checks: [{ name: 'second_factor_minimum_one_row', expression: 'id = 1' }],
});

/** The one row about what the operator asks of all companies, and since when. */
export class SecondFactorMinimum extends SecondFactorMinimumSchema.class {}

SecondFactorMinimumSchema.setClass(SecondFactorMinimum);
