import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import { Corporation } from '../../corporations/corporation.entity.js';
import { after } from '../../database/clock.js';
import { Account } from '../../identity/account.entity.js';

/** So long the company and the billing contact may object, and the old factor may show up. */
const OBJECTION_HOURS = 72;

/**
 * How it ended: `cancelled` by a use of the old factor, `taken-off` by another administrator; one
 * whose company was closed has `lapsed`, as a first word of the desk that did not count any more for another
 * reason has.
 */
export type RemovalOutcome = NonNullable<FactorRemoval['outcome']>;

export const FactorRemovalSchema = defineEntity({
  name: 'FactorRemoval',
  tableName: 'factor_removals',
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    account: () => p.manyToOne(Account).deleteRule('cascade'),
    corporation: () => p.manyToOne(Corporation),
    /** Of the desk, where it began the removal; null where the person did. */
    firstOperator: p.text().nullable(),
    secondOperator: p.text().nullable(),
    address: p.type('inet').$type<string>().nullable(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    /** Null while the second person of the desk is missing. */
    beganAt: p.datetime().nullable(),
    endsAt: p.datetime().nullable(),
    /** The desk decided after the one before was stopped: neither an objection nor a use ends it. */
    isFinal: p.boolean().default(false),
    dueToldAt: p.datetime().nullable(),
    outcome: p
      .enum(['cancelled', 'objected', 'completed', 'taken-off', 'lapsed'] as const)
      .nullable(),
    endedAt: p.datetime().nullable(),
    /** Decided by the database's clock at the moment of reading. */
    stateNow: p
      .string()
      .$type<'over' | 'asked' | 'running' | 'due' | 'lapsed'>()
      .formula(
        (removal) => `case when ${removal}.outcome is not null then 'over'
                           when ${removal}.began_at is null then 'asked'
                           when ${removal}.ends_at > genkan_now() then 'running'
                           when ${removal}.ends_at > genkan_now() - interval '14 days' then 'due'
                           else 'lapsed' end`,
      )
      .persist(false),
  },
});

/** The way back in without the second factor: announced to everybody, and stopped by any of them. */
export class FactorRemoval extends FactorRemovalSchema.class {
  declare [OptionalProps]?: 'canBeStopped' | 'isOfDesk';

  get canBeStopped(): boolean {
    return this.stateNow === 'running' || this.stateNow === 'due';
  }

  /** Two people of the desk began it: at its end the factor is off, whoever comes or does not. */
  get isOfDesk(): boolean {
    return this.secondOperator != null;
  }

  begin(now: Date, address: string | null): void {
    this.beganAt = now;
    this.endsAt = after(now, { hours: OBJECTION_HOURS });
    this.address = address;
  }

  end(outcome: RemovalOutcome, now: Date): void {
    this.outcome = outcome;
    this.endedAt = now;
  }
}

FactorRemovalSchema.setClass(FactorRemoval);
