import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import { Corporation } from '../corporations/corporation.entity.js';
import { after, type Span } from '../database/clock.js';

/** The first administrator of a company, or one more because the others left. */
export type EnrollmentKind = 'initial' | 'succession';

const BEFORE_ENDS = ['by-mail', 'review', 'queued', 'awaiting-activation', 'running'] as const;
const ENDINGS = ['completed', 'approved', 'objected', 'withdrawn', 'expired', 'refused'] as const;
type Ending = (typeof ENDINGS)[number];

export type CaseState = (typeof BEFORE_ENDS)[number] | Ending;

/** Where a case stands at this moment; time alone leads from `held` to `probation` to `completed`. */
export type CaseStage = Exclude<CaseState, 'running'> | 'held' | 'probation';

/** How long a mailed link activates an account, and a case waits for that. */
export const ACTIVATION = { hours: 24 };

export const EnrollmentSchema = defineEntity({
  name: 'Enrollment',
  tableName: 'enrollments',
  indexes: [
    { name: 'enrollments_by_account', properties: ['account'] },
    { name: 'enrollments_by_corporation', properties: ['corporation', 'startedAt'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    caseNumber: p.text().unique(),
    kind: p.enum(['initial', 'succession'] as const),
    state: p.enum([...BEFORE_ENDS, ...ENDINGS] as const),
    /** Null while the application goes by mail, and in review when the numbers matched no company. */
    corporation: () => p.manyToOne(Corporation).deleteRule('no action').nullable(),
    /** Null while the application waits, and once the newcomer's account is gone. */
    account: () => p.manyToOne(Account).deleteRule('set null').nullable(),
    corporateNumber: p.text(),
    applicant: p.text(),
    sealedDetails: p.blob().nullable(),
    address: p.type('inet').$type<string>(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    decidedAt: p.datetime().nullable(),
    startedAt: p.datetime().defaultRaw('genkan_now()'),
    releaseAt: p.datetime().nullable(),
    probationEndsAt: p.datetime().nullable(),
    activatedAt: p.datetime().nullable(),
    /** Null while the application holds nothing. */
    mailboxProvedAt: p.datetime().nullable(),
    network: p.text().nullable(),
    applicantEmail: p.text().nullable(),
    language: p.text().$type<'ja' | 'en'>().default('ja'),
    newcomerStatement: p.text().nullable(),
    /** The first of the desk's two people who let the newcomer stay. */
    upheldBy: p.text().nullable(),
    /** As it was when the row was read (enrollment-stage.sql). */
    stage: p
      .string()
      .$type<CaseStage>()
      .formula(
        (e) =>
          `enrollment_stage(${e}.state, ${e}.started_at, ${e}.release_at, ${e}.probation_ends_at)`,
      )
      .persist(false),
  },
});

type Predicate = keyof {
  [K in keyof Enrollment as K extends `is${string}` | `can${string}` ? K : never]: true;
};

/** A case: somebody who knows a company's two numbers wants to become its administrator. */
export class Enrollment extends EnrollmentSchema.class {
  declare [OptionalProps]?: Predicate;

  /** Nobody decided yet, and the newcomer acts, may come to act, or is stopped. */
  get isOpen(): boolean {
    return this.canBeStopped || this.isAtDesk || this.isUnproved;
  }

  /** Nobody proved the mailbox: the application holds nothing, and objections to it wait. */
  get isUnproved(): boolean {
    return this.stage === 'awaiting-activation' && this.mailboxProvedAt === null;
  }

  /** An objection stopped the newcomer; the desk hears both sides. */
  get isAtDesk(): boolean {
    return this.stage === 'objected';
  }

  /** An objection stops the newcomer, and undoes what he did. Later only the desk can. */
  get canBeStopped(): boolean {
    const isBefore = ['awaiting-activation', 'held', 'probation'].includes(this.stage);
    return isBefore && !this.isUnproved;
  }

  get canBeApproved(): boolean {
    return this.stage === 'held' || this.stage === 'probation';
  }

  /** The applicant can take it back as long as the newcomer cannot act. */
  get canBeWithdrawn(): boolean {
    return ['queued', 'awaiting-activation', 'held'].includes(this.stage);
  }

  /** The desk can end it: also after its time, as long as the newcomer's account is there. */
  get canBeDecided(): boolean {
    return this.isOpen || (this.stage === 'completed' && this.account != null);
  }

  /** The desk can let the newcomer stay, who proved the mailbox and is there. */
  get canBeUpheld(): boolean {
    return this.canBeDecided && this.account != null && this.activatedAt != null;
  }

  get isOver(): boolean {
    return ['withdrawn', 'expired', 'refused'].includes(this.stage);
  }

  /** The account waits for its proof. The hold counts from now on: all who are told know its end. */
  begin(account: Account, now: Date, hold: Span | undefined): void {
    this.state = 'awaiting-activation';
    this.account = account;
    this.startedAt = now;
    this.releaseAt = hold ? after(now, hold) : null;
    this.sealedDetails = null;
  }

  /** Waits for its turn, or for the desk, with its details sealed. */
  wait(state: 'queued' | 'review', sealedDetails: Buffer): void {
    this.state = state;
    this.sealedDetails = sealedDetails;
  }

  /**
   * The mailbox is proved: the newcomer is held back, if at all, and then on probation.
   * @param hold counts anew where nobody was told of the application before
   */
  activate(now: Date, probation: Span, hold?: Span): void {
    if (hold && this.releaseAt) this.releaseAt = after(now, hold);
    this.activatedAt = now;
    this.mailboxProvedAt ??= now;
    this.state = 'running';
    const release = this.releaseAt && this.releaseAt > now ? this.releaseAt : now;
    this.probationEndsAt = after(release, probation);
  }

  approve(now: Date): void {
    end(this, 'approved', now);
  }

  object(now: Date): void {
    end(this, 'objected', now);
  }

  explain(statement: string): void {
    this.newcomerStatement = [this.newcomerStatement, statement].filter(Boolean).join('\n\n');
  }

  withdraw(now: Date): void {
    end(this, 'withdrawn', now);
  }

  refuse(now: Date): void {
    end(this, 'refused', now);
  }

  /** Nothing comes of it: the time is over, or its details cannot be read any more. */
  expire(now: Date): void {
    end(this, 'expired', now);
  }

  /** The desk lets an application in review go its usual way. */
  grant(now: Date): void {
    end(this, 'completed', now);
  }
}

/** A function, because the ORM makes entities without private methods. */
function end(enrollment: Enrollment, state: Ending, now: Date): void {
  enrollment.state = state;
  enrollment.decidedAt = now;
  enrollment.sealedDetails = null;
}

EnrollmentSchema.setClass(Enrollment);
