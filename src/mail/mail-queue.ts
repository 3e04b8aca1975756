import { randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { onceInTransaction } from '../database/once-in-transaction.js';
import { Seal } from '../seal.js';
import type { Language } from '../web/texts.js';
import type { MailKind } from './mail-kinds.js';
import { MailDelivery } from './mail-delivery.entity.js';
import { priorityOf } from './mail-priority.js';
import { MailTemplates } from './mail-templates.js';

export interface Recipient {
  email: string;
  language: Language;
  accountId?: string;
  corporationId?: string;
  corporationName?: string;
  name?: string;
  /** The person has another address by now, and the change can still be undone. */
  isFormerMailbox?: boolean;
  /** The network or company that asked for the mail: those that people wait for take turns by it. */
  askedFrom?: string | null;
}

/** Somebody whom a mail calls by company and name. */
export type Addressee = Recipient & { corporationName: string; name: string };

/** The end of a link's URL, and until when it works. */
export interface LinkInMail {
  /** Absent in previews. */
  id?: string;
  token: string;
  endsAt: Date;
}

/** As it goes to the server. */
type Message = ReturnType<MailQueue['render']>;

/** For `pg_notify`. */
export const MAIL_CHANNEL = 'genkan-mail';

/** Mails were queued; or every waiting mail is to be tried, whatever the mail server said before. */
type MailNews = 'queued' | 'retry';

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
   * @param link without which the mail is nothing: it is not sent once that is used or void
   * @returns the id of its `MailDelivery`
   */
  async queue(mail: MailKind, to: Recipient, model: object, link?: LinkInMail): Promise<string> {
    const row = { ...this.#rowOf(mail, to, model), linkId: link?.id ?? null };
    const delivery = this.em.create(MailDelivery, row);
    // Callers refer to the delivery in statements, and the mail to accounts that are new as well.
    await this.em.flush();
    await onceInTransaction(this.em, announceQueued);
    return delivery.id;
  }

  /** The same for a mail to each of many people, to whom nothing new refers yet. */
  async queueAll(mail: MailKind, letters: { to: Recipient; model: object }[]): Promise<string[]> {
    const rows = letters.map(({ to, model }) => this.#rowOf(mail, to, model));
    await this.em.insertMany(MailDelivery, rows);
    await onceInTransaction(this.em, announceQueued);
    return rows.map(({ id }) => id);
  }

  #rowOf(mail: MailKind, to: Recipient, model: object) {
    return {
      id: randomUUID(),
      kind: mail,
      priority: priorityOf(mail),
      account: to.accountId ?? null,
      corporation: to.corporationId ?? null,
      caseNumber: caseNumberIn(model),
      recipient: to.email,
      askedFrom: to.askedFrom ?? null,
      sealedMessage: this.#seal.seal(this.render(mail, to, model)),
    };
  }

  /** Has every waiting mail tried, once it is committed. */
  announceRetry(): Promise<void> {
    return announce(this.em, 'retry');
  }

  get desk(): Recipient {
    return { email: this.config.deskMail, language: 'ja' };
  }

  url(path: string): string {
    return `${this.config.publicUrl}/${path}`;
  }

  /** The page of a case of the desk; empty where the desk has no pages. */
  deskCaseUrl(caseNumber: string): string {
    return this.config.deskNetworks.length > 0 ? this.url(`desk/cases/${caseNumber}`) : '';
  }

  link(path: string, { token, endsAt }: LinkInMail): { url: string; deadline: Date } {
    return { url: this.url(`${path}/${token}`), deadline: endsAt };
  }

  render(mail: MailKind, to: Recipient, model: object) {
    const { corporationName, name, language, isFormerMailbox = false } = to;
    const { mailFrom, publicUrl, deskMail, deskPhone } = this.config;
    const sender = { ...this.config.wordsIn(language), deskMail, deskPhone };
    const addressee = { corporationName, name, language, isFormerMailbox };
    const complete = { ...sender, mailFrom, publicUrl, ...addressee, ...model };
    const letter = this.templates.write(mail, language, complete);
    return { to: to.email, ...letter, subject: `[${sender.serviceName}] ${letter.subject}` };
  }

  open(sealed: Uint8Array): Message {
    return this.#seal.open<Message>(Buffer.from(sealed));
  }
}

/** A mail about a case stands in that case, whoever gets it. */
function caseNumberIn(model: object): string | null {
  return 'caseNumber' in model && typeof model.caseNumber === 'string' ? model.caseNumber : null;
}

/** Wakes the lanes of all processes, once it is committed. */
async function announce(em: EntityManager, word: MailNews): Promise<void> {
  await em.execute('select pg_notify(?, ?)', [MAIL_CHANNEL, word]);
}

function announceQueued(em: EntityManager): Promise<void> {
  return announce(em, 'queued');
}
