import { defineEntity, p } from '@mikro-orm/postgresql';
import { Operator } from '../../identity/operator.entity.js';

export const OperatorSignInSchema = defineEntity({
  name: 'OperatorSignIn',
  tableName: 'operator_sign_ins',
  properties: {
    /** A newer sign-in replaces the former. */
    operator: () => p.manyToOne(Operator).primary().deleteRule('cascade'),
    id: p.uuid().unique(),
    secretHash: p.blob(),
    endsAt: p.datetime(),
  },
});

/** A sign-in at the desk whose password was right and which waits for the second factor. */
export class OperatorSignIn extends OperatorSignInSchema.class {}

OperatorSignInSchema.setClass(OperatorSignIn);
