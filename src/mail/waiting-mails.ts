import { EntityManager, raw } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { tables } from '../database/tables.js';
import { MailDelivery } from './mail-delivery.entity.js';
import type { MailPriority } from './mail-priority.js';
import { MailQueue } from './mail-queue.js';

export interface MailInHand {
  id: string;
  recipient: string;
  sealed_message: Uint8Array | null;
}

/** Longer than a try: it was made by a process that was killed, and the mail is due again. */
const LOST = '50 seconds';

/** Written out, so that the index of waiting mails fits. */
const isWaiting = sql<boolean>`state in ('queued', 'deferred')`;
const isDue = sql<boolean>`next_attempt_at <= now()`;

@Injectable()
export class WaitingMails {
  constructor(
    private readonly em: EntityManager,
    private readonly queue: MailQueue,
  ) {}

  /** Takes the next mail that is due: of parallel callers each gets another one. */
  async takeNext(lowest: MailPriority): Promise<MailInHand | undefined> {
    return this.#taking()
      .where('id', '=', (is) =>
        is
          .selectFrom('mail_deliveries')
          .select('id')
          .where(isWaiting)
          .where(isDue)
          .where('priority', '<=', lowest)
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
    return this.#taking().where('id', '=', id).where(isWaiting).where(isDue).executeTakeFirst();
  }

  async isAnyOf(priority: MailPriority): Promise<boolean> {
    const found = await tables(this.em)
      .selectFrom('mail_deliveries')
      .select('id')
      .where(isWaiting)
      .where('priority', '=', priority)
      .limit(1)
      .executeTakeFirst();
    return found !== undefined;
  }

  /** Tries every mail that waits for its next try now. @returns how many there are */
  async retryNow(): Promise<number> {
    const count = await this.takePlacesAgain();
    await this.queue.announce('retry');
    return count;
  }

  /** Queues the mails anew that were refused since then. @returns how many there are */
  async retryBounced(since: Date): Promise<number> {
    const count = await this.em.nativeUpdate(
      MailDelivery,
      { state: 'bounced', finishedAt: { $gte: since }, sealedMessage: { $ne: null } },
      {
        state: 'queued',
        attempts: 0,
        nextAttemptAt: raw('now()'),
        givesUpAt: raw(`genkan_now() + interval '48 hours'`),
        finishedAt: null,
      },
    );
    await this.queue.announce('retry');
    return count;
  }

  /** Mails that were put off are due now. @returns how many there are */
  async takePlacesAgain(): Promise<number> {
    const putOff = { state: 'deferred', inHand: false } as const;
    return this.em.nativeUpdate(MailDelivery, putOff, { nextAttemptAt: raw('now()') });
  }

  #taking() {
    return tables(this.em)
      .updateTable('mail_deliveries')
      .set((is) => ({
        attempts: is('attempts', '+', 1),
        in_hand: true,
        next_attempt_at: sql<Date>`now() + ${LOST}::interval`,
      }))
      .returning(['id', 'recipient', 'sealed_message']);
  }
}
