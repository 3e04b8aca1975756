import { randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { sql } from '../database/sql.js';
import { Jobs } from '../jobs/jobs.js';
import { Seal } from '../seal.js';
import { Templates } from '../web/templates.js';
import type { Language } from '../web/texts.js';

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
    this.#seal = new Seal(config.keyFor('mail'));
  }

  /**
   * @param mail the stem of the three templates in `views/mails`
   * @returns the id of its delivery (`mail_deliveries`), for whoever shows what became of it
   */
  async queue(mail: string, to: Recipient, model: Record<string, unknown>): Promise<string> {
    const id = randomUUID();
    const message = this.render(mail, to, model);
    await sql(
      this.em,
      `insert into mail_deliveries (id, kind, account_id, corporation_id, recipient, sealed_message)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        id,
        mail,
        to.accountId ?? null,
        to.corporationId ?? null,
        to.email,
        this.#seal.seal(message),
      ],
    );
    await this.jobs.add(DELIVERY_JOB, { id }, { key: `mail:${id}` });
    return id;
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

  open(sealed: Buffer): Message {
    return this.#seal.open<Message>(sealed);
  }
}
