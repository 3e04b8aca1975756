import { EntityManager, LockMode, raw } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { MailerService } from '@nestjs-modules/mailer';
import { sql } from 'kysely';
import { Config } from '../config.js';
import { before, databaseNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { inTransaction } from '../database/transaction.js';
import { Jobs } from '../jobs/jobs.js';
import { MailDelivery, WAITING_MAIL } from './mail-delivery.entity.js';
import { DELIVERY_JOB, MailQueue } from './mail-queue.js';

interface SmtpError extends Error {
  responseCode?: number;
  response?: string;
}

/** A try this long after its end was made by a process that was killed. */
const LOST = { seconds: 10 };

/**
 * Hands queued mails to the mail server, each by its own name (Message-ID), so that a second try
 * after a lost answer is recognisable as the same mail. The server's answers are kept for the desk.
 */
@Injectable()
export class MailDeliveries implements OnModuleInit {
  readonly #log = new Logger(MailDeliveries.name);

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly queue: MailQueue,
    private readonly mailer: MailerService,
  ) {}

  onModuleInit(): void {
    this.jobs.register(DELIVERY_JOB, (payload) => this.deliver((payload as { id: string }).id));
    this.jobs.register('pick-up-lost-mail', () => this.pickUpLost(), '* * * * *');
  }

  async deliver(id: string): Promise<void> {
    const delivery = await this.#begin(id);
    if (!delivery) return;
    try {
      const answer = await this.#hand(delivery);
      await this.#settle(id, async (settled, now) => settled.handOver(answer, now));
    } catch (error) {
      await this.#failed(id, error as SmtpError);
    }
  }

  /** Of parallel callers one gets the mail; it is undefined when no try is due. */
  async #begin(id: string): Promise<MailDelivery | undefined> {
    return inTransaction(this.em, async () => {
      const due = { id, state: { $in: [...WAITING_MAIL] }, nextAttemptAt: { $lte: raw('now()') } };
      const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
      const delivery = await this.em.findOne(MailDelivery, due, lock);
      delivery?.beginTry(await this.jobs.now());
      return delivery ?? undefined;
    });
  }

  async #hand({ id, sealedMessage }: MailDelivery): Promise<string> {
    const { to, subject, text, html } = this.queue.open(sealedMessage!);
    const host = new URL(this.config.publicUrl).hostname;
    const sent = (await this.mailer.sendMail({
      from: this.config.mailFrom,
      // An object, so that nothing in the address is read as a second recipient.
      to: { name: '', address: to },
      subject,
      text,
      html,
      messageId: `<${id}@${host}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })) as { response?: string };
    return sent.response ?? 'ok';
  }

  async #failed(id: string, error: SmtpError): Promise<void> {
    const answer = error.response ?? error.message;
    await this.#settle(id, async (delivery, now) => {
      const isFinal = (error.responseCode ?? 0) >= 500 || delivery.isGivenUp(now);
      const told = isFinal ? 'was refused' : 'has to wait';
      this.#log.warn(`mail ${id} ${told}: code ${error.responseCode ?? 'none'}`);
      if (isFinal) return delivery.bounce(answer, now);
      const runAt = delivery.defer(answer, await this.jobs.now());
      await this.queue.addJob(id, runAt);
    });
  }

  /** Writes down how a try ended. */
  async #settle(
    id: string,
    end: (delivery: MailDelivery, now: Date) => Promise<void>,
  ): Promise<void> {
    await inTransaction(this.em, async () => {
      const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
      const delivery = await this.em.findOne(MailDelivery, { id }, lock);
      if (delivery) await end(delivery, await databaseNow(this.em));
    });
  }

  /** Queues the mails again whose try never ended, because the process that made it was killed. */
  async pickUpLost(): Promise<void> {
    const lost = await tables(this.em)
      .selectFrom('mail_deliveries')
      .select('id')
      .where('state', 'in', WAITING_MAIL)
      .where('next_attempt_at', '<', before(await this.jobs.now(), LOST))
      .orderBy('created_at')
      .execute();
    for (const { id } of lost) await this.queue.addJob(id);
  }

  /** Tries every mail that waits for its next try now. @returns how many there are */
  async retryNow(): Promise<number> {
    const waiting = await tables(this.em)
      .updateTable('mail_deliveries')
      .set({ next_attempt_at: sql`now()` })
      .where('state', '=', 'deferred')
      .where('in_hand', '=', false)
      .returning(['id', 'created_at'])
      .execute();
    const oldestFirst = waiting.sort((a, b) => +a.created_at - +b.created_at);
    for (const { id } of oldestFirst) await this.queue.addJob(id);
    return waiting.length;
  }
}
