import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { tables } from '../database/tables.js';
import { DemoMail } from './demo-mail.entity.js';

const SHOWN = 200;

interface MailSearch {
  /** The whole address. */
  to: string;
  /** Part of a subject, text or address. */
  q: string;
}

/** The mails that the built-in mail server received, newest first. */
@Injectable()
export class Mailbox {
  constructor(private readonly em: EntityManager) {}

  async search({ to, q }: MailSearch) {
    const part = { $ilike: `%${q.replace(/[\\%_]/g, '\\$&')}%` };
    const mails = await this.em.find(
      DemoMail,
      {
        ...(to && { recipient: to }),
        ...(q && { $or: [{ subject: part }, { bodyText: part }, { recipient: part }] }),
      },
      { orderBy: { id: 'desc' }, limit: SHOWN },
    );
    return mails.map(received);
  }

  async find(id: number) {
    const mail = await this.em.findOne(DemoMail, { id });
    return mail ? received(mail) : undefined;
  }

  /** Everybody who got one. */
  async recipients(): Promise<string[]> {
    const found = await tables(this.em)
      .selectFrom('demo_mails')
      .select('recipient')
      .distinct()
      .orderBy('recipient')
      .execute();
    return found.map(({ recipient }) => recipient);
  }

  count(): Promise<number> {
    return this.em.count(DemoMail);
  }
}

function received(mail: DemoMail) {
  const { id, sender: from, recipient: to, subject, bodyText: text, bodyHtml: html } = mail;
  const [, language = 'ja'] = /<html lang="(\w+)"/.exec(html) ?? [];
  const links = text.match(/^https?:\/\/\S+$/gm) ?? [];
  return { id, from, to, subject, text, html, language, links, receivedAt: mail.receivedAt };
}
