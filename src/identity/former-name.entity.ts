import { defineEntity, p } from '@mikro-orm/postgresql';
import { AccountSchema } from './account.schema.js';

/** Written by the database alone (former-names.sql). */
export const FormerNameSchema = defineEntity({
  name: 'FormerName',
  tableName: 'former_names',
  properties: {
    account: () => p.manyToOne(AccountSchema).primary().deleteRule('cascade'),
    until: p.datetime().primary(),
    name: p.text(),
  },
});

/** What somebody was called until a moment. */
export class FormerName extends FormerNameSchema.class {}

FormerNameSchema.setClass(FormerName);
