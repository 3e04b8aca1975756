import { defineEntity, p } from '@mikro-orm/postgresql';
import { Operator } from '../../identity/operator.entity.js';

export const OperatorSessionSchema = defineEntity({
  name: 'OperatorSession',
  tableName: 'operator_sessions',
  indexes: [{ name: 'operator_sessions_by_operator', properties: ['operator'] }],
  properties: {
    id: p.uuid().primary(),
    secretHash: p.blob(),
    operator: () => p.manyToOne(Operator).deleteRule('cascade'),
    address: p.type('inet').$type<string>(),
    browser: p.text(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    lastSeenAt: p.datetime().defaultRaw('genkan_now()'),
    endsAt: p.datetime(),
    factorConfirmedAt: p.datetime().defaultRaw('genkan_now()'),
    /** The path of the page that it was given for again, or may be: null after a change of factors. */
    factorGivenFor: p.text().nullable(),
    previousSignInAt: p.datetime().nullable(),
  },
});

/** A sign-in at the desk that lasts. Customers have other ones (src/auth/sessions). */
export class OperatorSession extends OperatorSessionSchema.class {}

OperatorSessionSchema.setClass(OperatorSession);
