import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import { after } from '../database/clock.js';
import { isSameOperator } from './operator-name.js';

/** So long the others have to notice a new colleague before the word counts as the second of two. */
const BEFORE_SECOND_WORDS = { hours: 24 };

/** オペレーター helps customers; 責任者 also looks after the people of the desk. */
export type OperatorRole = 'clerk' | 'lead';

export const OperatorSchema = defineEntity({
  name: 'Operator',
  tableName: 'operators',
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    loginId: p.text(),
    loginIdKey: p.text().unique(),
    name: p.text(),
    email: p.text(),
    role: p.enum(['clerk', 'lead'] as const).default('clerk'),
    /** Null until the mailed link was used. */
    passwordHash: p.text().lazy().nullable(),
    /** No mailed link has set it yet: what a command of a former version printed opens nothing. */
    mustChangePassword: p.boolean().default(true),
    secondFactorSince: p.datetime().nullable(),
    /** Browsers that were known in an earlier one are strangers. */
    browserEpoch: p.integer().default(0),
    /** Names of the desk: by whom the person was added, reset or made lead. */
    letInBy: p.json().$type<string[]>().defaultRaw("'[]'"),
    /** From then on the word can be the second of two; null for whoever was there before that rule. */
    secondWordFrom: p.datetime().nullable(),
    lastSignInAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
  },
});

/** Somebody of the operator's desk (担当窓口), who is no customer and signs in elsewhere. */
export class Operator extends OperatorSchema.class {
  declare [OptionalProps]?: 'isReady';

  /** Has a password and a second factor: nobody signs in at the desk without both. */
  get isReady(): boolean {
    return !this.endedAt && !this.mustChangePassword && this.secondFactorSince != null;
  }

  /** The mailed link was used. */
  setUp(passwordHash: string, now: Date): void {
    this.passwordHash = passwordHash;
    this.mustChangePassword = false;
    this.secondFactorSince = now;
    this.secondWordFrom = after(now, BEFORE_SECOND_WORDS);
  }

  /** Nothing opens the desk until a new link is used. */
  reset(): void {
    this.passwordHash = null;
    this.mustChangePassword = true;
    this.secondFactorSince = null;
    this.forgetBrowsers();
  }

  /** @param by null for the user of the machine, who answers for the person */
  letIn(by: string | null): void {
    this.letInBy = by === null ? [] : [...this.letInBy.filter((name) => name !== by), by];
  }

  wasLetInBy(operator: string): boolean {
    return this.letInBy.some((name) => isSameOperator(name, operator));
  }

  makeLead(now: Date): void {
    this.role = 'lead';
    this.secondWordFrom = after(now, BEFORE_SECOND_WORDS);
  }

  forgetBrowsers(): void {
    this.browserEpoch += 1;
  }

  end(now: Date): void {
    this.reset();
    this.endedAt = now;
  }
}

OperatorSchema.setClass(Operator);
