import { EntityManager, raw } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { before, databaseNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { LONGEST_WAIT, MailDelivery } from './mail-delivery.entity.js';
import type { MailPriority } from './mail-priority.js';
import { MailQueue } from './mail-queue.js';

/** The content of a mail that came back. */
const KEPT = { hours: 48 };

export interface MailInHand {
  id: string;
  state: MailDelivery['state'];
  kind: string;
  recipient: string;
  sealed_message: Uint8Array | null;
  /** Mails to its person come back, as long as nobody proves the mailbox. */
  is_suppressed: boolean;
  /** Nothing in it works any more. */
  is_superseded: boolean;
}

/** Longer than a try: it was made by a process that was killed, and the mail is due again. */
const LOST = '50 seconds';

/** Written out, so that the indexes of waiting mails fit. */
const isWaiting = sql<boolean>`state in ('queued', 'deferred')`;
/** A time beyond the longest wait is from before the database's clock was set back. */
const isFromFuture = sql<boolean>`next_attempt_at > now() + ${LONGEST_WAIT}::interval`;
const isDue = sql<boolean>`(next_attempt_at <= now() or ${isFromFuture})`;
/** The desk and billing contacts cannot prove a mailbox, so nothing is kept from them. */
const IS_SUPPRESSED = sql<boolean>`account_id is not null and is_mail_suppressed(recipient)`.as(
  'is_suppressed',
);
const IS_SUPERSEDED = sql<boolean>`is_mail_superseded(link_id)`.as('is_superseded');
/** A mail in its turn waits for nothing but a try that is under way. */
const isOpen = sql<boolean>`(${isDue} or state = 'queued' and not in_hand)`;

@Injectable()
export class WaitingMails {
  constructor(
    private readonly em: EntityManager,
    private readonly queue: MailQueue,
  ) {}

  /**
   * Takes the next mail: of parallel callers each gets another one. The order is the priority; then
   * those in their turn by what waits of the same mailbox and asker, and by age; then those that were refused, by when they are due.
   * @param alsoDeferred false leaves out those that were refused
   */
  async takeNext(lowest: MailPriority, alsoDeferred: boolean): Promise<MailInHand | undefined> {
    const next = sql<string>`(
      with queued as (
        select id, priority from mail_deliveries
        where state = 'queued' and (not in_hand or ${isDue}) and priority <= ${lowest}
        order by priority, turn, created_at limit 1 for update skip locked),
      deferred as (
        select id from mail_deliveries
        where state = 'deferred' and ${isDue} and ${alsoDeferred} and priority <= ${lowest}
          and not exists (select from queued where queued.priority <= mail_deliveries.priority)
        order by priority, next_attempt_at, created_at limit 1 for update skip locked)
      select id from deferred union all select id from queued limit 1)`;
    return this.#taking().where('id', '=', next).executeTakeFirst();
  }

  /** Takes one to see whether the mail server is back: the one that was tried the least. */
  async takeProbe(): Promise<MailInHand | undefined> {
    return this.#taking()
      .where('id', '=', (is) =>
        is
          .selectFrom('mail_deliveries')
          .select('id')
          .where(isWaiting)
          .where(isOpen)
          .orderBy('attempts')
          .orderBy('priority')
          .orderBy('created_at')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .executeTakeFirst();
  }

  /** The same for one mail; undefined when no try of it is due. */
  async take(id: string): Promise<MailInHand | undefined> {
    return this.#taking().where('id', '=', id).where(isWaiting).where(isOpen).executeTakeFirst();
  }

  /** Whether one of them waits for its turn; those that were refused hold no others back. */
  async isAnyInTurn(priority: MailPriority): Promise<boolean> {
    const found = await tables(this.em)
      .selectFrom('mail_deliveries')
      .select('id')
      .where('state', '=', 'queued')
      .where('priority', '=', priority)
      .limit(1)
      .executeTakeFirst();
    return found !== undefined;
  }

  /** Tries every mail that waits now. @returns how many there are */
  async retryNow(): Promise<number> {
    const { numUpdatedRows } = await tables(this.em)
      .updateTable('mail_deliveries')
      .set({ next_attempt_at: sql<Date>`now()` })
      .where(isWaiting)
      .where(sql<boolean>`(not in_hand or ${isFromFuture})`)
      .executeTakeFirst();
    await this.queue.announceRetry();
    return Number(numUpdatedRows);
  }

  /**
   * Queues the mails anew that were refused since then, as far as their content is there. None of
   * them is held against its address any more.
   * @param given by default for as long as contents are kept @returns how many are queued
   */
  async retryBounced(given?: Date): Promise<number> {
    const since = given ?? before(await databaseNow(this.em), KEPT);
    await this.em.nativeUpdate(
      MailDelivery,
      { state: 'bounced', finishedAt: { $gte: since }, sealedMessage: null, settledAt: null },
      { settledAt: raw('genkan_now()') },
    );
    const count = await this.em.nativeUpdate(
      MailDelivery,
      { state: 'bounced', finishedAt: { $gte: since }, sealedMessage: { $ne: null } },
      {
        state: 'queued',
        attempts: 0,
        serverAnswer: null,
        bounceClass: null,
        settledAt: null,
        nextAttemptAt: raw('now()'),
        givesUpAt: raw(`genkan_now() + interval '48 hours'`),
        finishedAt: null,
      },
    );
    await this.queue.announceRetry();
    return count;
  }

  /** Those that wait alone are due now, behind all whose turn it is. */
  async retryDeferred(): Promise<void> {
    const putOff = { state: 'deferred', inHand: false } as const;
    await this.em.nativeUpdate(MailDelivery, putOff, { nextAttemptAt: raw('now()') });
  }

  #taking() {
    return tables(this.em)
      .updateTable('mail_deliveries')
      .set((is) => ({
        attempts: is('attempts', '+', 1),
        in_hand: true,
        next_attempt_at: sql<Date>`now() + ${LOST}::interval`,
      }))
      .returning(['id', 'state', 'kind', 'recipient', 'sealed_message'])
      .returning([IS_SUPPRESSED, IS_SUPERSEDED]);
  }
}
