import { randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { Jobs } from '../jobs/jobs.js';
import { Seal } from '../seal.js';
import { Templates } from '../web/pages/templates.js';
import type { Language } from '../web/texts.js';
import { MailDelivery } from './mail-delivery.entity.js';

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

export const DELIVERY_JOB = 'deliver-mail';

/** Writes mails: renders, seals and queues them in the transaction that causes them. */
@Injectable()
export class MailQueue {
  readonly #seal: Seal;

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly templates: Templates,
  ) {
    this.#seal = new Seal(config.keysFor('mail'));
  }

  /**
   * @param mail the stem of the three templates in `views/mails`
   * @returns the id of its `MailDelivery`
   */
  async queue(mail: string, to: Recipient, model: Record<string, unknown>): Promise<string> {
    const id = randomUUID();
    this.em.create(MailDelivery, {
      id,
      kind: mail,
      account: to.accountId ?? null,
      corporation: to.corporationId ?? null,
      recipient: to.email,
      sealedMessage: this.#seal.seal(this.render(mail, to, model)),
    });
    // Callers refer to the delivery in statements, and the mail to accounts that are new as well.
    await this.em.flush();
    await this.addJob(id);
    return id;
  }

  /** A job for the same mail that still waits is replaced. */
  async addJob(id: string, runAt?: Date): Promise<void> {
    await this.jobs.add(DELIVERY_JOB, { id }, { key: `mail:${id}`, ...(runAt && { runAt }) });
  }

  render(mail: string, to: Recipient, model: Record<string, unknown>): Message {
    const { serviceName, operatorName, deskMail, deskPhone, deskHours, mailFrom, publicUrl } =
      this.config;
    const complete = {
      serviceName,
      operatorName,
      deskMail,
      deskPhone,
      deskHours,
      mailFrom,
      publicUrl,
      language: to.language,
      ...model,
    };
    const part = (kind: string) =>
      this.templates.render(`mails/${mail}.${kind}`, to.language, complete);
    const subject = part('subject').trim();
    const html = this.templates.render('layouts/mail', to.language, {
      ...complete,
      subject,
      body: this.templates.fragment(`mails/${mail}.html`, to.language, complete),
    });
    return { to: to.email, subject: `[${serviceName}] ${subject}`, text: part('text'), html };
  }

  open(sealed: Uint8Array): Message {
    return this.#seal.open<Message>(Buffer.from(sealed));
  }
}
