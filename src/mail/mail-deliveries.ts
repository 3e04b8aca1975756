import { setTimeout as wait } from 'node:timers/promises';
import { EntityManager, LockMode, raw } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { MailerService, type ISendMailOptions } from '@nestjs-modules/mailer';
import { Config } from '../config.js';
import { databaseNow } from '../database/clock.js';
import { inTransaction } from '../database/transaction.js';
import { SECOND_MS } from '../durations.js';
import { Jobs } from '../jobs/jobs.js';
import { MailDelivery, WAITING_MAIL } from './mail-delivery.entity.js';
import { provesMailbox } from './mail-priority.js';
import { MailQueue } from './mail-queue.js';
import { RelayState } from './relay-state.js';
import { ReturnPaths } from './return-paths.js';
import { ReturnedMails } from './returned-mails.js';
import { failureOf, type SmtpError } from './smtp-failure.js';
import { undelivered } from './undelivered-mails.js';
import { WaitingMails, type MailInHand } from './waiting-mails.js';

const LONGEST_TRY_MS = 45 * SECOND_MS;

/**
 * Hands mails to the mail server, each by its own name (Message-ID), so that a second try after a
 * lost answer is recognisable as the same mail. The server's answers are kept for the desk.
 */
@Injectable()
export class MailDeliveries {
  readonly #log = new Logger(MailDeliveries.name);

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly queue: MailQueue,
    private readonly waiting: WaitingMails,
    private readonly mailer: MailerService,
    private readonly relay: RelayState,
    private readonly returnPaths: ReturnPaths,
    private readonly returned: ReturnedMails,
  ) {}

  /** One try, whatever its end. @param stop ends it early; the mail keeps its place */
  async deliver(mail: MailInHand, stop?: AbortSignal): Promise<void> {
    if (mail.is_superseded) return this.#supersede(mail);
    if (mail.is_suppressed && !provesMailbox(mail.kind)) return this.#suppress(mail);
    const limit = AbortSignal.timeout(LONGEST_TRY_MS);
    try {
      const answer = await this.#send(mail, stop ? AbortSignal.any([limit, stop]) : limit);
      await untilWritten(() => this.#handedOver(mail.id, answer));
    } catch (error) {
      return this.#failed(mail, error as SmtpError);
    }
    await this.#worked();
  }

  async #supersede({ id }: MailInHand): Promise<void> {
    await this.#settle(id, async (delivery) => delivery.supersede(await databaseNow(this.em)));
  }

  async #suppress({ id }: MailInHand): Promise<void> {
    await this.#settle(id, async (delivery) => {
      delivery.suppress(await databaseNow(this.em));
      await undelivered(this.jobs, delivery);
    });
  }

  async #send({ id, recipient, sealed_message }: MailInHand, signal: AbortSignal): Promise<string> {
    const { to, subject, text, html } = this.queue.open(sealed_message!);
    const host = new URL(this.config.publicUrl).hostname;
    const returnPath = this.returnPaths.of(id, recipient);
    const mail: ISendMailOptions & { signal: AbortSignal } = {
      ...(returnPath && {
        envelope: { from: returnPath, to: onlyTo(to) },
        dsn: failuresOnly(id, to),
      }),
      from: this.config.mailFrom,
      to: onlyTo(to),
      subject,
      text,
      html,
      messageId: `<${id}@${host}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal,
    };
    const { response = 'ok' } = (await this.mailer.sendMail(mail)) as { response?: string };
    return response;
  }

  async #handedOver(id: string, serverAnswer: string): Promise<void> {
    await this.em.nativeUpdate(MailDelivery, waiting(id), {
      state: 'handed-over',
      inHand: false,
      serverAnswer,
      sealedMessage: null,
      askedFrom: null,
      nextAttemptAt: null,
      finishedAt: raw('genkan_now()'),
    });
  }

  /** Mails that were put off while the server took none are due at once, in the order of their age. */
  async #worked(): Promise<void> {
    if (this.relay.took()) await this.waiting.retryDeferred();
  }

  /** Only a failure on the way to the server holds others back; an answer concerns one mail. */
  async #failed(mail: MailInHand, error: SmtpError): Promise<void> {
    const failure = failureOf(error, mail.recipient);
    this.#log.warn(`mail ${mail.id} failed at ${failure}: code ${error.responseCode ?? 'none'}`);
    if (failure === 'recipient') return this.#refused(mail, error);
    const now = performance.now();
    const isAlone = failure !== 'server' || this.relay.failed(mail.id, now);
    if (failure === 'recipient-later') this.relay.answered();
    if (failure === 'message') this.relay.refused(mail, now);
    await this.#putOff(mail, error, !isAlone);
  }

  async #refused({ id }: MailInHand, error: SmtpError): Promise<void> {
    await this.#settle(id, async (delivery) => {
      delivery.bounce(answerOf(error), await databaseNow(this.em));
      await this.returned.note(delivery);
    });
    await this.#worked();
  }

  async #putOff({ id }: MailInHand, error: SmtpError, keepsPlace: boolean): Promise<void> {
    const answer = answerOf(error);
    await this.#settle(id, async (delivery) => {
      const now = await databaseNow(this.em);
      if (delivery.isGivenUp(now)) {
        delivery.giveUp(answer, now);
        await this.returned.note(delivery);
      } else if (keepsPlace) delivery.keepPlace(answer, await this.jobs.now());
      else delivery.defer(answer, await this.jobs.now());
    });
  }

  async #settle(id: string, end: (delivery: MailDelivery) => Promise<void>): Promise<void> {
    await untilWritten(() =>
      inTransaction(this.em, async () => {
        const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
        const delivery = await this.em.findOne(
          MailDelivery,
          { ...waiting(id), inHand: true },
          lock,
        );
        if (delivery) await end(delivery);
      }),
    );
  }
}

/** An object, so that nothing in the address is read as a second recipient. */
function onlyTo(address: string) {
  return { name: '', address };
}

/** To servers that can: no word about a mail that is only late, and not the mail itself back. */
function failuresOnly(id: string, recipient: string): ISendMailOptions['dsn'] {
  return { ret: 'HDRS', envid: id, notify: ['FAILURE'], orcpt: `rfc822;${recipient}` };
}

function answerOf({ response, message }: SmtpError): string {
  return response ?? message;
}

/** Meanwhile the mail may be suppressed, because its recipient is erased. */
function waiting(id: string) {
  return { id, state: { $in: [...WAITING_MAIL] } };
}

/** While the database is away the server's word would be lost, and the mail sent twice. */
async function untilWritten(write: () => Promise<void>): Promise<void> {
  const end = performance.now() + LONGEST_TRY_MS;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (performance.now() > end) throw error;
      await wait(SECOND_MS);
    }
  }
}
