import { OptionalProps } from '@mikro-orm/postgresql';
import { after, later, type Span } from '../database/clock.js';
import type { Account } from '../identity/account.entity.js';
import { EnrollmentSchema, type Ending } from './enrollment.schema.js';

export type { CaseStage, CaseState, EnrollmentKind } from './enrollment.schema.js';

/** How long a mailed link activates an account. */
export const ACTIVATION = { hours: 24 };

type Predicate = keyof {
  [
    K in keyof Enrollment as K extends `is${string}` | `has${string}` | `can${string}` ? K : never
  ]: true;
};

/** A case: somebody who knows a company's two numbers wants to become its administrator. */
export class Enrollment extends EnrollmentSchema.class {
  declare [OptionalProps]?: Predicate;

  /** Nobody decided yet, and the newcomer acts, may come to act, or is stopped. */
  get isOpen(): boolean {
    return this.canBeApproved || this.isAtDesk || this.isUnproved;
  }

  /**
   * Nobody confirmed the mail with which it begins, be it the desk's grant: it holds nothing, and
   * objections to it wait.
   */
  get isUnproved(): boolean {
    return this.stage === 'awaiting-activation';
  }

  /** An objection stopped the newcomer; the desk hears both sides. */
  get isAtDesk(): boolean {
    return this.stage === 'objected';
  }

  /** Until its time is over, an objection stops the newcomer and undoes what he did. Later only the desk can. */
  get canBeApproved(): boolean {
    return this.stage === 'held' || this.stage === 'probation';
  }

  /** The applicant can take it back as long as the newcomer cannot act. */
  get canBeWithdrawn(): boolean {
    return ['queued', 'awaiting-activation', 'held'].includes(this.stage);
  }

  /** Until its mailbox is proved, the browser that applied can do so without any password. */
  get canBeTakenBack(): boolean {
    return this.canBeWithdrawn && this.mailboxProvedAt === null;
  }

  get canBeDenied(): boolean {
    return this.isUnproved;
  }

  /** The reader of the mailbox said that somebody else applied. */
  get isDenied(): boolean {
    return this.deniedSubject != null;
  }

  /** The desk can end it: also after its time, as long as the newcomer's account is there. */
  get canBeDecided(): boolean {
    return this.isOpen || (this.stage === 'completed' && this.account != null);
  }

  /** Nobody is left behind the newcomer's account, so nobody could stay. */
  get isErased(): boolean {
    return this.account?.anonymisedAt != null;
  }

  /** Also while the application waited for its turn. */
  get isMailboxProved(): boolean {
    return (this.activatedAt ?? this.mailboxProvedAt) != null;
  }

  /** Somebody else came to act as the first administrator; password and links tell it, too, for some days. */
  get hasLost(): boolean {
    if (this.kind !== 'initial' || this.state !== 'expired') return false;
    return this.account != null || this.wasOvertaken;
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
   * Nobody is there who could approve before the hold is over. The probation is as long as before.
   * @param wait for the second factor, which goes on all the same
   */
  endHold(now: Date, wait?: Span): void {
    const end = wait && this.activatedAt ? later(after(this.activatedAt, wait), now) : now;
    if (!this.releaseAt || this.releaseAt <= end) return;
    if (this.probationEndsAt) {
      const early = this.releaseAt.getTime() - end.getTime();
      this.probationEndsAt = new Date(this.probationEndsAt.getTime() - early);
    }
    this.releaseAt = end > now ? end : null;
  }

  /**
   * The mailbox is proved: the newcomer is held back, if at all, and then on probation.
   * @param times.hold counts anew where nobody was told of the application before
   * @param times.wait the least of it where a second factor is asked
   */
  activate(
    now: Date,
    probation: Span,
    { hold, wait }: { hold?: Span | undefined; wait?: Span | undefined } = {},
  ): void {
    if (hold && this.releaseAt) this.releaseAt = after(now, hold);
    if (wait) this.releaseAt = later(this.releaseAt, after(now, wait));
    this.activatedAt = now;
    this.mailboxProvedAt ??= now;
    this.state = 'running';
    this.probationEndsAt = after(later(this.releaseAt, now), probation);
  }

  /** The newcomer's account follows; the company of the case must be held. */
  prolongProbation(now: Date, span: Span): void {
    this.account!.probationEndsAt = this.probationEndsAt = after(later(this.releaseAt, now), span);
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

  /** @param subject of the mailed links, which say so from now on */
  deny(subject: string, now: Date): void {
    this.deniedSubject = subject;
    end(this, 'withdrawn', now);
  }

  /** Somebody spoke whom the first person of the desk had not heard. @returns whether there was a word */
  forgetFirstWords(): boolean {
    const isSaid = this.upheldBy != null || this.dismissedBy != null;
    this.upheldBy = this.dismissedBy = null;
    return isSaid;
  }

  refuse(now: Date): void {
    end(this, 'refused', now);
  }

  /** Nothing comes of it: its time is over, somebody was faster, or its details cannot be read any more. */
  expire(now: Date): void {
    end(this, 'expired', now);
  }

  /** The desk lets an application in review go its usual way, as a case of its own. */
  grant(now: Date): void {
    end(this, 'completed', now);
  }

  /** By the desk's word it begins, whoever else applies, and whenever that was. */
  allow(now: Date, appliedAt: Date): void {
    Object.assign(this, { grantedAt: now, createdAt: appliedAt });
  }
}

/** A function, because the ORM makes entities without private methods. */
function end(enrollment: Enrollment, state: Ending, now: Date): void {
  enrollment.state = state;
  enrollment.decidedAt = now;
  enrollment.sealedDetails = null;
}

EnrollmentSchema.setClass(Enrollment);
