import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { MailerService } from '@nestjs-modules/mailer';
import { Pool } from 'pg';
import { Config } from '../config.js';
import { Jobs } from '../jobs/jobs.js';
import { DELIVERY_JOB, MailQueue } from './mail-queue.js';

interface Delivery {
  id: string;
  attempts: number;
  sealed_message: Buffer;
  given_up: boolean;
}

interface SmtpError extends Error {
  responseCode?: number;
  response?: string;
}

const GIVE_UP_AFTER = '48 hours';
/** Longer than all time limits of the mail server's connection together. */
const LOST_AFTER = '60 seconds';
const FIRST_WAIT = 5;
const LONGEST_WAIT = 300;

/**
 * Hands queued mails to the mail server, each by its own name (Message-ID), so that a second try
 * after a lost answer is recognisable as the same mail. What the server says is kept for the desk.
 */
@Injectable()
export class MailDeliveries implements OnModuleInit {
  readonly #log = new Logger(MailDeliveries.name);

  constructor(
    private readonly config: Config,
    private readonly pool: Pool,
    private readonly jobs: Jobs,
    private readonly queue: MailQueue,
    private readonly mailer: MailerService,
  ) {}

  onModuleInit(): void {
    this.jobs.register(DELIVERY_JOB, (payload) => this.deliver((payload as { id: string }).id));
    this.jobs.register('pick-up-lost-mail', () => this.pickUpLost(), '* * * * *');
  }

  async deliver(id: string): Promise<void> {
    const found = await this.pool.query<Delivery>(
      `update mail_deliveries set attempts = attempts + 1, in_hand = true,
              next_attempt_at = now() + $3::interval
       where id = $1 and state in ('queued', 'deferred') and next_attempt_at <= now()
       returning id, attempts, sealed_message, created_at < genkan_now() - $2::interval as given_up`,
      [id, GIVE_UP_AFTER, LOST_AFTER],
    );
    const [delivery] = found.rows;
    if (!delivery) return;
    try {
      const answer = await this.#hand(delivery);
      await this.#finish(id, 'handed-over', answer);
    } catch (error) {
      await this.#failed(delivery, error as SmtpError);
    }
  }

  /** Queues the mails again whose try never ended, because the process that made it was killed. */
  async pickUpLost(): Promise<void> {
    const lost = await this.pool.query<{ id: string }>(
      `select id from mail_deliveries
       where state in ('queued', 'deferred') and next_attempt_at < now() - interval '10 seconds'
       order by created_at`,
    );
    await this.#queueAgain(lost.rows);
  }

  /** Tries every mail that waits for its next try now. @returns how many there are */
  async retryNow(): Promise<number> {
    const waiting = await this.pool.query<{ id: string }>(
      `with waiting as (
         update mail_deliveries set next_attempt_at = now()
         where state = 'deferred' and not in_hand returning id, created_at)
       select id from waiting order by created_at`,
    );
    await this.#queueAgain(waiting.rows);
    return waiting.rows.length;
  }

  async #queueAgain(deliveries: { id: string }[]): Promise<void> {
    for (const { id } of deliveries)
      await this.jobs.add(DELIVERY_JOB, { id }, { key: `mail:${id}` });
  }

  async #hand({ id, sealed_message }: Delivery): Promise<string> {
    const { to, subject, text, html } = this.queue.open(sealed_message);
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

  async #failed(delivery: Delivery, error: SmtpError): Promise<void> {
    const answer = error.response ?? error.message;
    const isFinal = (error.responseCode ?? 0) >= 500 || delivery.given_up;
    this.#log.warn(
      `mail ${delivery.id} ${isFinal ? 'was refused' : 'has to wait'}: code ${error.responseCode ?? 'none'}`,
    );
    if (isFinal) return this.#finish(delivery.id, 'bounced', answer);
    const seconds = Math.min(FIRST_WAIT * 2 ** (delivery.attempts - 1), LONGEST_WAIT);
    const next = await this.pool.query<{ at: Date }>(
      `update mail_deliveries set state = 'deferred', in_hand = false, server_answer = $2,
         next_attempt_at = now() + make_interval(secs => $3)
       where id = $1 returning next_attempt_at as at`,
      [delivery.id, answer, seconds],
    );
    const [row] = next.rows;
    if (row)
      await this.jobs.add(
        DELIVERY_JOB,
        { id: delivery.id },
        { runAt: row.at, key: `mail:${delivery.id}` },
      );
  }

  async #finish(id: string, state: 'handed-over' | 'bounced', answer: string): Promise<void> {
    await this.pool.query(
      `update mail_deliveries set state = $2, server_answer = $3, sealed_message = null,
         next_attempt_at = null, finished_at = genkan_now()
       where id = $1`,
      [id, state, answer],
    );
  }
}
