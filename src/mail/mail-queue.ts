import { randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { Seal } from '../seal.js';
import type { Language } from '../web/texts.js';
import { MailDelivery } from './mail-delivery.entity.js';
import { priorityOf } from './mail-priority.js';
import { MailTemplates } from './mail-templates.js';

export interface Recipient {
  email: string;
  language: Language;
  accountId?: string;
  corporationId?: string;
}

/** A mail as it goes to the server. */
export interface Message {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** For `pg_notify`. */
export const MAIL_CHANNEL = 'genkan-mail';

/** Mails were queued; or every waiting mail is to be tried, whatever the mail server said before. */
export type MailNews = 'queued' | 'retry';

/**
 * Writes mails: renders, seals and queues them in the transaction that causes them. The table is
 * the queue.
 */
@Injectable()
export class MailQueue {
  readonly #seal: Seal;

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly templates: MailTemplates,
  ) {
    this.#seal = new Seal(config.keysFor('mail'));
  }

  /**
   * @param mail the name of its template in `views/mails`
   * @returns the id of its `MailDelivery`
   */
  async queue(mail: string, to: Recipient, model: Record<string, unknown>): Promise<string> {
    const id = randomUUID();
    this.em.create(MailDelivery, {
      id,
      kind: mail,
      priority: priorityOf(mail),
      account: to.accountId ?? null,
      corporation: to.corporationId ?? null,
      recipient: to.email,
      sealedMessage: this.#seal.seal(this.render(mail, to, model)),
    });
    // Callers refer to the delivery in statements, and the mail to accounts that are new as well.
    await this.em.flush();
    await this.announce('queued');
    return id;
  }

  /** Wakes the lanes of all processes, once it is committed. */
  async announce(word: MailNews): Promise<void> {
    await this.em.execute('select pg_notify(?, ?)', [MAIL_CHANNEL, word]);
  }

  render(mail: string, { email, language }: Recipient, model: Record<string, unknown>): Message {
    const { serviceName, operatorName, deskMail, deskPhone, deskHours, mailFrom, publicUrl } =
      this.config;
    const everyMail = {
      serviceName,
      operatorName,
      deskMail,
      deskPhone,
      deskHours,
      mailFrom,
      publicUrl,
      language,
    };
    const letter = this.templates.write(mail, language, { ...everyMail, ...model });
    return { to: email, ...letter, subject: `[${serviceName}] ${letter.subject}` };
  }

  open(sealed: Uint8Array): Message {
    return this.#seal.open<Message>(Buffer.from(sealed));
  }
}
