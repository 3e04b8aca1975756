import { defineEntity, p } from '@mikro-orm/postgresql';
import { Operator } from '../../identity/operator.entity.js';

export const OperatorSignInSchema = defineEntity({
  name: 'OperatorSignIn',
  tableName: 'operator_sign_ins',
  uniques: [{ properties: ['operator', 'browser'] }],
  properties: {
    id: p.uuid().primary(),
    operator: () => p.manyToOne(Operator).deleteRule('cascade'),
    /** The known browser, or '' for all others: a newer sign-in there replaces the former. */
    browser: p.text().default(''),
    secretHash: p.blob(),
    endsAt: p.datetime(),
  },
});

/** A sign-in at the desk whose password was right and which waits for the second factor. */
export class OperatorSignIn extends OperatorSignInSchema.class {}

OperatorSignInSchema.setClass(OperatorSignIn);
