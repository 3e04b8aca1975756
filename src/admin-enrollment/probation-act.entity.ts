import { defineEntity, p, type InferKyselyTable } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import { Enrollment } from './enrollment.entity.js';

export const ProbationActSchema = defineEntity({
  name: 'ProbationAct',
  tableName: 'probation_acts',
  indexes: [{ name: 'probation_acts_by_enrollment', properties: ['enrollment', 'id'] }],
  properties: {
    id: p.bigint('string').primary().autoincrement().generated('identity'),
    enrollment: () => p.manyToOne(Enrollment).deleteRule('cascade'),
    actor: () => p.manyToOne(Account).deleteRule('cascade'),
    target: () => p.manyToOne(Account).deleteRule('cascade'),
    act: p
      .text()
      .$type<
        'deletion' | 'demotion' | 'suspension' | 'email-change' | 'sessions-ended' | 'grant'
      >(),
    before: p.json().$type<{ role?: string; state?: string; email?: string }>(),
    at: p.datetime().defaultRaw('genkan_now()'),
    undoneAt: p.datetime().nullable(),
  },
});

/** What a newcomer did to somebody in the probation, and how things were before. */
export class ProbationAct extends ProbationActSchema.class {}

ProbationActSchema.setClass(ProbationAct);

declare module '../database/tables.js' {
  interface Tables {
    probation_acts: InferKyselyTable<typeof ProbationActSchema>;
  }
}
