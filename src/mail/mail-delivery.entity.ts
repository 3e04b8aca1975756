import { defineEntity, p, type InferKyselyTable } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import { Corporation } from '../corporations/corporation.entity.js';
import { after, before } from '../database/clock.js';

/** The states of a mail that still has to go out. */
export const WAITING_MAIL = ['queued', 'deferred'] as const;

const GIVE_UP_AFTER = { hours: 48 };
/** Longer than all time limits of the mail server's connection together. */
const LONGEST_TRY = { seconds: 60 };
const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 300;

export const MailDeliverySchema = defineEntity({
  name: 'MailDelivery',
  tableName: 'mail_deliveries',
  indexes: [{ name: 'mail_deliveries_by_account', properties: ['account', 'createdAt'] }],
  properties: {
    id: p.uuid().primary(),
    kind: p.text(),
    account: () => p.manyToOne(Account).deleteRule('set null').nullable(),
    corporation: () => p.manyToOne(Corporation).deleteRule('no action').nullable(),
    recipient: p.text(),
    state: p
      .enum(['queued', 'handed-over', 'deferred', 'bounced', 'suppressed'] as const)
      .default('queued'),
    attempts: p.integer().default(0),
    /** A try is under way; it counts as lost after `nextAttemptAt`. */
    inHand: p.boolean().default(false),
    serverAnswer: p.text().nullable(),
    /** Sealed, because it holds a one-time link, and kept only until the server took it. */
    sealedMessage: p.blob().nullable(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    nextAttemptAt: p.datetime().nullable().defaultRaw('now()'),
    finishedAt: p.datetime().nullable(),
  },
});

/**
 * One mail to one recipient, from the queue to the mail server's last word. Tries follow the job
 * queue's time, everything else Genkan's.
 */
export class MailDelivery extends MailDeliverySchema.class {
  beginTry(queueNow: Date): void {
    this.attempts += 1;
    this.inHand = true;
    this.nextAttemptAt = after(queueNow, LONGEST_TRY);
  }

  /** The mail server took it. */
  handOver(answer: string, now: Date): void {
    this.state = 'handed-over';
    this.close(answer, now);
  }

  /** The mail server refused it for good, or it waited too long. */
  bounce(answer: string, now: Date): void {
    this.state = 'bounced';
    this.close(answer, now);
  }

  /** Each wait is twice as long as the one before, up to five minutes. @returns the next try's time */
  defer(answer: string, queueNow: Date): Date {
    const seconds = Math.min(FIRST_WAIT_SECONDS * 2 ** (this.attempts - 1), LONGEST_WAIT_SECONDS);
    this.state = 'deferred';
    this.inHand = false;
    this.serverAnswer = answer;
    return (this.nextAttemptAt = after(queueNow, { seconds }));
  }

  /** It waited so long that a failure is the last one. */
  isGivenUp(now: Date): boolean {
    return this.createdAt < before(now, GIVE_UP_AFTER);
  }

  private close(answer: string, now: Date): void {
    this.inHand = false;
    this.serverAnswer = answer;
    this.sealedMessage = null;
    this.nextAttemptAt = null;
    this.finishedAt = now;
  }
}

MailDeliverySchema.setClass(MailDelivery);

declare module '../database/tables.js' {
  interface Tables {
    mail_deliveries: InferKyselyTable<typeof MailDeliverySchema>;
  }
}
