import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import { Corporation } from '../corporations/corporation.entity.js';
import { after } from '../database/clock.js';
import { bounceClasses, bounceClassOf, LASTING, type BounceClass } from './bounce-class.js';
import { MAIL_PRIORITY } from './mail-priority.js';

/**
 * The states of a mail that still has to go out: in its turn, or alone after an answer about it,
 * behind all whose turn it is.
 */
export const WAITING_MAIL = ['queued', 'deferred'] as const;

const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 300;
/** No try is due later than this: a time beyond it is from before the clock was set back. */
export const LONGEST_WAIT = '6 minutes';

/** Servers try for five days at most. */
export const COMES_BACK = { days: 7 };

export const MailDeliverySchema = defineEntity({
  name: 'MailDelivery',
  tableName: 'mail_deliveries',
  indexes: [{ name: 'mail_deliveries_by_account', properties: ['account', 'createdAt'] }],
  properties: {
    id: p.uuid().primary(),
    kind: p.text(),
    priority: p.smallint().default(MAIL_PRIORITY.notice),
    /** Of a mail that somebody waits for: the database counts it (mail-turns.sql). */
    turn: p.integer().default(0),
    /** The network or company that asked for it, for as long as it waits. */
    askedFrom: p.text().nullable(),
    /** Of the case that it is about and names; null for a mail that is about none. */
    caseNumber: p.text().nullable(),
    /** Without a link that works it is not sent. */
    linkId: p.uuid().nullable(),
    account: () => p.manyToOne(Account).deleteRule('set null').nullable(),
    corporation: () => p.manyToOne(Corporation).deleteRule('no action').nullable(),
    recipient: p.text(),
    state: p
      .enum(['queued', 'handed-over', 'deferred', 'bounced', 'suppressed', 'superseded'] as const)
      .default('queued'),
    attempts: p.integer().default(0),
    /** A try is under way; it counts as lost after `nextAttemptAt`. */
    inHand: p.boolean().default(false),
    serverAnswer: p.text().nullable(),
    /**
     * Sealed, because it holds a one-time link. It is kept until the server took the mail, and for
     * 48 hours after a refusal, because the refusal may have been wrong.
     */
    sealedMessage: p.blob().nullable(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    nextAttemptAt: p.datetime().nullable().defaultRaw('now()'),
    /** From then on a failure is the last one. */
    givesUpAt: p.datetime().defaultRaw(`(genkan_now() + '48:00:00'::interval)`),
    finishedAt: p.datetime().nullable(),
    /** Null for mails that a former version saw come back. */
    bounceClass: p.enum(bounceClasses).nullable(),
    /** Since then it says nothing about the address any more: its reader proved the mailbox. */
    settledAt: p.datetime().nullable(),
  },
});

/**
 * One mail to one recipient, from the queue to the mail server's last word. Tries follow the job
 * queue's time, everything else Genkan's.
 */
export class MailDelivery extends MailDeliverySchema.class {
  /** The mail server refused it for good, or a server behind it sent it back. */
  bounce(answer: string, now: Date, why: BounceClass = bounceClassOf(answer)): void {
    end(this, 'bounced', now);
    this.bounceClass = why;
    this.serverAnswer = answer;
  }

  /** It waited too long. The last answer was one for now, so nothing is known of the address. */
  giveUp(answer: string, now: Date): void {
    const why = bounceClassOf(answer);
    this.bounce(answer, now, LASTING.includes(why) ? 'other' : why);
  }

  /** Mails to the address come back; this one is not sent. */
  suppress(now: Date): void {
    end(this, 'suppressed', now);
    this.sealedMessage = null;
  }

  /** Its link is used or void, so it would only mislead. */
  supersede(now: Date): void {
    end(this, 'superseded', now);
    this.sealedMessage = null;
  }

  /**
   * A server may send it back: one that it was handed to within a week, or one that took it although
   * the answer is lost or not written yet. Whoever finds an old mail cannot say that it came back.
   */
  mayComeBack(now: Date): boolean {
    if (this.state === 'handed-over') return after(this.finishedAt ?? now, COMES_BACK) > now;
    return (this.state === 'queued' || this.state === 'deferred') && this.attempts > 0;
  }

  /** It waits alone, each time twice as long as the time before, up to five minutes. */
  defer(answer: string, queueNow: Date): void {
    const seconds = Math.min(FIRST_WAIT_SECONDS * 2 ** (this.attempts - 1), LONGEST_WAIT_SECONDS);
    this.keepPlace(answer, after(queueNow, { seconds }));
    this.state = 'deferred';
  }

  /** It waits for the mail server with all others, and goes out in its turn. */
  keepPlace(answer: string, queueNow: Date): void {
    this.state = 'queued';
    this.inHand = false;
    this.serverAnswer = answer;
    this.nextAttemptAt = queueNow;
  }

  /** It waited so long that a failure is the last one. */
  isGivenUp(now: Date): boolean {
    return now >= this.givesUpAt;
  }
}

MailDeliverySchema.setClass(MailDelivery);

/** The ORM makes entities without their private methods. */
function end(mail: MailDelivery, state: 'bounced' | 'suppressed' | 'superseded', now: Date): void {
  mail.state = state;
  mail.inHand = false;
  mail.askedFrom = null;
  mail.nextAttemptAt = null;
  mail.finishedAt = now;
}
